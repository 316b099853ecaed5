// Of every template beside this file.
export default { permalink: ({ item }) => item.path, eleventyExcludeFromCollections: true };
