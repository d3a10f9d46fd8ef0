import "./app.css";
import { mount } from "svelte";
import Room from "./Room.svelte";

mount(Room, { target: document.getElementById("app")! });
