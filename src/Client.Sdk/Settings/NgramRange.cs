using System.Text.Json.Serialization;

namespace TopicGrpc.Client.Settings;

/// <summary>Range of words per term; Python <c>ngram_range</c>.</summary>
/// <param name="Min">Fewest words, 1 to 5.</param>
/// <param name="Max">Most words, <paramref name="Min"/> to 5.</param>
[JsonConverter(typeof(NgramRangeConverter))]
public readonly record struct NgramRange(int Min, int Max);
