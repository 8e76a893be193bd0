namespace TopicGrpc.Server.Models;

/// <summary>The version that a call asks for: by number, by label, or the model's default.</summary>
/// <param name="Model">Id of the model.</param>
/// <param name="Number">Exactly this version.</param>
/// <param name="Label">The version that carries this label.</param>
internal sealed record VersionChoice(string Model, long? Number, string? Label);
