namespace TopicGrpc.Cluster.ObjectStore;

/// <summary>Receives verified bytes; they are valid during the call.</summary>
/// <param name="bytes">The bytes.</param>
internal delegate void ReceiveBytes(ReadOnlySpan<byte> bytes);
