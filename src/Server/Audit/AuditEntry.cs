using System.Text.Json.Serialization;

namespace TopicGrpc.Server.Audit;

/// <summary>One line of the audit log. It has names of resources and never a text.</summary>
/// <param name="Time">When the call ended.</param>
/// <param name="Caller">Who called: a key, the subject of a token, a certificate, <c>anonymous</c> or <c>unknown</c>.</param>
/// <param name="Peer">Address that the call came from.</param>
/// <param name="Method">Name of the method or path of the route.</param>
/// <param name="Resources">Names of the resources in the request, as <c>field=name</c>.</param>
/// <param name="Outcome">Status of the call, for example OK or PERMISSION_DENIED.</param>
/// <param name="Reason">Reason of a failure; null: none.</param>
/// <param name="Trace">Trace id of the call.</param>
internal sealed record AuditEntry(
    [property: JsonPropertyName("time")] DateTimeOffset Time,
    [property: JsonPropertyName("caller")] string Caller,
    [property: JsonPropertyName("peer")] string Peer,
    [property: JsonPropertyName("method")] string Method,
    [property: JsonPropertyName("resources")] IReadOnlyList<string> Resources,
    [property: JsonPropertyName("outcome")] string Outcome,
    [property: JsonPropertyName("reason"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason,
    [property: JsonPropertyName("trace")] string Trace)
{
    /// <summary>Whether the caller was not allowed to make the call.</summary>
    [JsonPropertyName("rejected"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsRejected { get; init; }

    /// <summary>Rejected calls before this line that were not recorded.</summary>
    [JsonPropertyName("unrecorded"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long Unrecorded { get; init; }
}
