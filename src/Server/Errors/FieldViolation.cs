namespace TopicGrpc.Server.Errors;

/// <summary>What is wrong with one field of a request.</summary>
/// <param name="Field">Path of the field, as in the contract: <c>settings.umap.n_neighbors</c>.</param>
/// <param name="Description">What the field takes.</param>
internal sealed record FieldViolation(string Field, string Description);
