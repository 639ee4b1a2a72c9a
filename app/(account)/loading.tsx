export { default } from "@/app/_ui/shell/loading";
