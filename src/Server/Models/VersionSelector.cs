namespace TopicGrpc.Server.Models;

/// <summary>The version that a call asks for: by number, by label, or the model's default.</summary>
/// <param name="ModelId">Id of the model.</param>
/// <param name="Number">Number of the version; null if the call names none.</param>
/// <param name="Label">Label of the version; null if the call names none.</param>
/// <param name="Key">Key of the traffic split; null for a call that answers no text, because policies apply to texts only.</param>
internal sealed record VersionSelector(string ModelId, long? Number, string? Label, RoutingKey? Key = null)
{
    /// <summary>Whether a traffic policy of the model, if there is one, selects the version.</summary>
    public bool IsByPolicy => Number is null && Label is null && Key is not null;
}
