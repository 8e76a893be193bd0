namespace TopicGrpc.Server.Maps;

/// <summary>Values of an attribute, one per row.</summary>
/// <param name="ClassNames">Values of most documents, the most frequent first.</param>
/// <param name="Classes">0 for none, i for the i-th value, one more than their number for another value.</param>
internal sealed record MapClasses(IReadOnlyList<string> ClassNames, ushort[] Classes) : MapPart
{
    /// <inheritdoc/>
    public override long Bytes => (sizeof(ushort) * (long)Classes.Length) + ClassNames.Sum(static name => 64 + (2L * name.Length));
}

/// <summary>Times of documents, one per row.</summary>
/// <param name="First">Earliest time, in whole seconds.</param>
/// <param name="Seconds">Seconds after it; −1 for none.</param>
internal sealed record MapSeconds(DateTimeOffset First, long[] Seconds) : MapPart
{
    /// <inheritdoc/>
    public override long Bytes => sizeof(long) * (long)Seconds.Length;
}
