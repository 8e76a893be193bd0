namespace TopicGrpc.Client.Errors;

/// <summary>A field of a request that the server refused.</summary>
/// <param name="Field">Path of the field, as in the contract.</param>
/// <param name="Description">What is wrong, with the limit.</param>
public sealed record FieldViolation(string Field, string Description);
