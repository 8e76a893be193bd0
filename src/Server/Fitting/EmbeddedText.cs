namespace TopicGrpc.Server.Fitting;

/// <summary>What became of one text of an <see cref="EmbeddingWork"/>.</summary>
/// <param name="Vector">The embedding, owned by the receiver; empty for a quarantined text.</param>
/// <param name="IsTruncated">Whether the text was cut at the encoder's last token.</param>
internal readonly record struct EmbeddedText(float[] Vector, bool IsTruncated)
{
    /// <summary>A text that is not embedded, because processes ended while they embedded it.</summary>
    public static EmbeddedText Quarantined { get; } = new([], IsTruncated: false);

    /// <summary>Whether the text is left out.</summary>
    public bool IsQuarantined => Vector.Length == 0;

    /// <summary>Whether all numbers of the embedding are finite; otherwise the encoder failed on the text.</summary>
    public bool IsFinite => Array.TrueForAll(Vector, float.IsFinite);
}
