// Imports for the runtime client: errors name this file, AWS's client, as who imports.
export default (file) => import(file);
