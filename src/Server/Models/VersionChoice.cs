namespace TopicGrpc.Server.Models;

/// <summary>The version that a call asks for: by number, by label, or the model's default.</summary>
/// <param name="Model">Id of the model.</param>
/// <param name="Number">Exactly this version.</param>
/// <param name="Label">The version that carries this label.</param>
/// <param name="Key">Decides under a traffic policy where neither is named; null for a call that answers no text, which no policy concerns.</param>
internal sealed record VersionChoice(string Model, long? Number, string? Label, RoutingKey? Key = null)
{
    /// <summary>Whether a traffic policy decides, where there is one.</summary>
    public bool IsByPolicy => Number is null && Label is null && Key is not null;
}
