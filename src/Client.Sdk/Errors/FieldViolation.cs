namespace TopicGrpc.Client.Errors;

/// <summary>One broken rule of a field.</summary>
/// <param name="Field">Path of the field, as in the contract.</param>
/// <param name="Description">The broken rule, with its limit.</param>
public sealed record FieldViolation(string Field, string Description);
