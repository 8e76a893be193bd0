namespace TopicGrpc.Server.Receiving;

/// <summary>The message at the start of a buffer.</summary>
/// <param name="IsComplete">Whether all its bytes have arrived.</param>
/// <param name="IsCompressed">Whether its size and its objects are known only after decompression.</param>
/// <param name="Bytes">Bytes of a complete message on the wire, without its header.</param>
/// <param name="ObjectBytes">Bytes that it takes beyond those on the wire; 0 until it is complete.</param>
internal readonly record struct IncomingMessage(bool IsComplete, bool IsCompressed, long Bytes, long ObjectBytes);
