using System.IO.Compression;

namespace TopicGrpc.Server.Receiving;

/// <summary>Compressions of messages that a client may use, by the names of the header <c>grpc-encoding</c>.</summary>
internal static class Compression
{
    /// <summary>Header of a call that names the compression of its messages.</summary>
    public const string Header = "grpc-encoding";

    /// <summary>Returns what opens a compressed stream; null for no compression or one that the server does not know.</summary>
    public static Func<Stream, Stream>? Of(string? encoding) => encoding switch
    {
        "gzip" => static packed => new GZipStream(packed, CompressionMode.Decompress),
        "deflate" => static packed => new ZLibStream(packed, CompressionMode.Decompress),
        _ => null,
    };
}
