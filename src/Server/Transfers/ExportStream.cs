using Google.Protobuf;
using Grpc.Core;
using TopicGrpc.Engine.Archive.Bertopic;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Server.Models;
using TopicGrpc.Server.Receiving;
using TopicGrpc.Server.Storage;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Transfers;

/// <summary>Exports a version: writes its files to disk under a lease, releases the lease, and sends the files from disk.</summary>
internal sealed class ExportStream(DataFolder data, TransferSlots slots, ModelRegistry models, ILogger<ExportStream> logger)
{
    private const int ChunkBytes = 256 << 10;

    public async Task RunAsync(
        ExportModelRequest request,
        IServerStreamWriter<ExportModelResponse> responses,
        CallBody body,
        CancellationToken cancellationToken)
    {
        VersionSelector selector = ModelMapping.FromProto(request.Selector);
        using IDisposable slot = slots.Acquire(body);
        using TransferFolder folder = new(data);
        ExportModelResponse.Types.Header header = await WriteAsync(selector, folder.Path, cancellationToken);
        IReadOnlyList<TransferFile> files = await TransferFile.ListAsync(data.Files, folder.Path, cancellationToken);
        header.Files.AddRange(files.Select(TransferMapping.ToProto));
        await responses.WriteAsync(new ExportModelResponse { Header = header }, cancellationToken);
        foreach (TransferFile file in files)
        {
            await SendAsync(file.Name, folder.File(file.Name), responses, cancellationToken);
        }

        Log.Exported(logger, header.ModelVersion, files.Sum(static file => file.Size));
    }

    /// <summary>
    /// Writes the files. The lease is released before the first byte is sent, so that a slow reader does not keep the version loaded.
    /// </summary>
    private async Task<ExportModelResponse.Types.Header> WriteAsync(
        VersionSelector selector,
        string directory,
        CancellationToken cancellationToken)
    {
        using VersionLease lease = await models.AcquireAsync(selector, cancellationToken);
        BertopicFormat.Export(lease.Handle.Content, directory, data.Files, cancellationToken);
        return new ExportModelResponse.Types.Header
        {
            ModelVersion = lease.Handle.Name,
            EncoderSha256 = lease.Handle.Content.Embedder.Sha256,
        };
    }

    private async Task SendAsync(
        string name,
        string path,
        IServerStreamWriter<ExportModelResponse> responses,
        CancellationToken cancellationToken)
    {
        await using StoredFileStream stream = new(data.Files.Open(path, FileMode.Open, FileAccess.Read), FileAccess.Read);
        while (stream.Position < stream.Length)
        {
            // gRPC reads the bytes of a message after WriteAsync was called, so each message has its own array.
            byte[] bytes = new byte[Math.Min(ChunkBytes, stream.Length - stream.Position)];
            await stream.ReadExactlyAsync(bytes, cancellationToken);
            ModelFileChunk chunk = new() { FileName = name, Data = UnsafeByteOperations.UnsafeWrap(bytes) };
            await responses.WriteAsync(new ExportModelResponse { Chunk = chunk }, cancellationToken);
        }
    }
}
