using System.IO.Compression;
using Grpc.Net.Compression;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Receiving;

namespace TopicGrpc.Server.Rpc;

/// <summary>
/// Decompresses messages up to the limit of their method. The framework decompresses a whole message before it looks at its size.
/// </summary>
internal sealed class BoundedDecompression(ICompressionProvider inner) : ICompressionProvider
{
    /// <inheritdoc/>
    public string EncodingName => inner.EncodingName;

    /// <inheritdoc/>
    public Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel) =>
        inner.CreateCompressionStream(stream, compressionLevel);

    /// <inheritdoc/>
    public Stream CreateDecompressionStream(Stream stream)
    {
        Stream decompressed = inner.CreateDecompressionStream(stream);
        return CallBody.Compressed is { } call ? new BoundedStream(decompressed, call.Rule) : decompressed;
    }

    private sealed class BoundedStream(Stream inner, MethodRule rule) : Stream
    {
        private long _read;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            int count = inner.Read(buffer);
            _read += count;
            return _read <= rule.MaxMessageBytes
                ? count
                : throw StatusMapping.ToRpc(CallFault.MessageTooLarge(rule.Name, rule.MaxMessageBytes));
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
