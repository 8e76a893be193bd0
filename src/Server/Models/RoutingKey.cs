using TopicGrpc.Shared;

namespace TopicGrpc.Server.Models;

/// <summary>
/// The key that assigns a request to one side of a traffic split: the routing key of the request, otherwise its texts or its embedding.
/// <see cref="RoutingDraw"/> computes the rule of the contract.
/// </summary>
internal sealed class RoutingKey
{
    private readonly IReadOnlyList<string> _texts;
    private readonly IReadOnlyList<float> _embedding;

    private RoutingKey(IReadOnlyList<string> texts, IReadOnlyList<float> embedding)
    {
        _texts = texts;
        _embedding = embedding;
    }

    /// <summary>Returns the key of a request.</summary>
    /// <param name="key">Routing key of the request; empty for none.</param>
    /// <param name="texts">Texts of the request.</param>
    /// <param name="embedding">Embedding that the request gives instead of a text.</param>
    public static RoutingKey Of(string key, IReadOnlyList<string> texts, IReadOnlyList<float> embedding) =>
        key.Length == 0 ? new RoutingKey(texts, embedding) : new RoutingKey([key], []);

    /// <summary>Draws a number for a purpose. The same request always draws the same number.</summary>
    /// <returns>0 to <see cref="TrafficPolicy.Whole"/> − 1.</returns>
    public int Draw(string purpose, string modelId) => RoutingDraw.Of(purpose, modelId, _texts, _embedding);
}
