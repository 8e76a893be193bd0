namespace TopicGrpc.Cluster.ObjectStore;

/// <summary>Receives verified bytes of a content; they are valid during the call.</summary>
/// <param name="bytes">The bytes.</param>
/// <param name="offset">Offset of the first byte in the content.</param>
internal delegate void ReceivePart(ReadOnlySpan<byte> bytes, long offset);
