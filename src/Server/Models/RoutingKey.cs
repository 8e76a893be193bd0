using TopicGrpc.Shared;

namespace TopicGrpc.Server.Models;

/// <summary>
/// What decides the target of a request under a traffic policy: its routing key or, without one, its texts or its embedding.
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

    /// <summary>Key of a request.</summary>
    /// <param name="key">What the request carries; empty for nothing.</param>
    /// <param name="texts">Its texts.</param>
    /// <param name="embedding">What stands in their place.</param>
    public static RoutingKey Of(string key, IReadOnlyList<string> texts, IReadOnlyList<float> embedding) =>
        key.Length == 0 ? new RoutingKey(texts, embedding) : new RoutingKey([key], []);

    /// <summary>Draws for a purpose; the same request always draws the same number.</summary>
    /// <returns>0 to <see cref="RoutingDraw.Whole"/> − 1.</returns>
    public int Draw(string purpose, string model) => RoutingDraw.Of(purpose, model, _texts, _embedding);
}
