//! The weights of the neural components.

use super::container::Writer;
use super::wheel::{Nodes, Wheel, get};
use anyhow::{Context, Result, ensure};
use rmpv::Value;

/// A convolutional encoder: attribute tables, projection of the vectors, mixing layer, window layers.
pub fn tok2vec(prefix: &str, model: &Value, out: &mut Writer) -> Result<()> {
    let attrs: Vec<Value> = get(model, "attrs")?.as_array().context("attrs")?.clone();
    let decoded = |key: &str| -> Result<Vec<Value>> {
        let tables = attrs.iter().filter(|a| key == "columns" || get(a, "seed").is_ok());
        let found = tables.filter_map(|a| get(a, key).ok()?.as_slice());
        found.map(|mut v| Ok(rmpv::decode::read_value(&mut v)?)).collect()
    };
    let columns = decoded("columns")?;
    let columns = columns.first().and_then(Value::as_array).context("columns")?;
    let columns: Vec<&str> = columns.iter().filter_map(Value::as_str).collect();
    let seeds: Vec<u32> = decoded("seed")?.iter().filter_map(|s| Some(s.as_u64()? as u32)).collect();
    let order: Vec<usize> = decoded("column")?.iter().filter_map(|s| Some(s.as_u64()? as usize)).collect();
    ensure!(order.iter().copied().eq(0..columns.len()) && seeds.len() == columns.len(), "columns are out of order");

    let nodes = Nodes::read(model)?;
    out.strings(&format!("{prefix}.attributes"), &columns);
    out.u32s(&format!("{prefix}.seeds"), &seeds);
    for (i, table) in nodes.named("hashembed").into_iter().enumerate() {
        let (dims, values) = table.param("E")?;
        out.f16s(&format!("{prefix}.table.{i}"), dims, values);
    }
    if let [projection] = nodes.named("static_vectors").as_slice() {
        let (dims, values) = projection.param("W")?;
        out.weights(&format!("{prefix}.vectors.W"), dims, values);
    }
    let (maxouts, norms) = (nodes.named("maxout"), nodes.named("layernorm"));
    ensure!(maxouts.len() == norms.len() && !maxouts.is_empty(), "maxout and layernorm do not pair");
    for (i, (maxout, norm)) in maxouts.iter().zip(&norms).enumerate() {
        for (node, param, name) in [(maxout, "W", "W"), (maxout, "b", "b"), (norm, "G", "G"), (norm, "b", "B")] {
            let (dims, values) = node.param(param)?;
            out.weights(&format!("{prefix}.layer.{i}.{name}"), dims, values);
        }
    }
    Ok(())
}

/// The softmax layer over tags, without the softmax.
pub fn tagger(wheel: &mut Wheel, out: &mut Writer) -> Result<()> {
    let cfg = wheel.json("tagger/cfg")?;
    let labels: Vec<&str> = cfg["labels"].as_array().context("labels")?.iter().filter_map(|l| l.as_str()).collect();
    let nodes = Nodes::read(&wheel.msgpack("tagger/model")?)?;
    let softmax = nodes.one("softmax")?;
    let (dims, values) = softmax.param("W")?;
    ensure!(dims[0] == labels.len(), "{} tags, {} rows", labels.len(), dims[0]);
    out.strings("tagger.labels", &labels);
    out.weights("tagger.W", dims, values);
    let (dims, values) = softmax.param("b")?;
    out.weights("tagger.b", dims, values);
    Ok(())
}

/// A transition-based component: its moves and its three layers. Returns its whole model.
pub fn transitions(name: &str, actions: &[&str], wheel: &mut Wheel, out: &mut Writer) -> Result<Value> {
    let moves = wheel.msgpack(&format!("{name}/moves"))?;
    let moves = get(&moves, "moves")?.as_str().context("moves")?;
    let moves: serde_json::Value = serde_json::from_str(moves)?;
    let mut names: Vec<String> = Vec::new();
    for (action, action_name) in actions.iter().enumerate() {
        let Some(labels) = moves[action.to_string()].as_object() else { continue };
        let mut labels: Vec<(i64, &String)> = labels.iter().map(|(l, f)| (f.as_i64().unwrap_or(0), l)).collect();
        ensure!(labels.iter().all(|l| l.0 >= 0), "labels were added after training");
        labels.sort_unstable();
        names.extend(labels.iter().rev().map(|(_, l)| format!("{action_name}-{l}")));
    }
    let model = wheel.msgpack(&format!("{name}/model"))?;
    let nodes = Nodes::read(&model)?;
    let lower = nodes.one("precomputable_affine")?;
    let (dims, values) = lower.param("W")?;
    let hidden = dims[1];
    out.strings(&format!("{name}.moves"), &names);
    out.weights(&format!("{name}.lower.W"), dims, values);
    for param in ["b", "pad"] {
        let (dims, values) = lower.param(param)?;
        out.weights(&format!("{name}.lower.{param}"), dims, values);
    }
    for linear in nodes.named("linear") {
        let (dims, values) = linear.param("W")?;
        let layer = if dims[1] == hidden { "upper" } else { "input" };
        ensure!(layer == "input" || dims[0] == names.len(), "{} moves, {} rows", names.len(), dims[0]);
        out.weights(&format!("{name}.{layer}.W"), dims, values);
        let (dims, values) = linear.param("b")?;
        out.weights(&format!("{name}.{layer}.b"), dims, values);
    }
    Ok(model)
}
