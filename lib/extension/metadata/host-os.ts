export type HostOs = "darwin" | "windows" | "linux";
