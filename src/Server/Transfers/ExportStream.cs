using Google.Protobuf;
using Grpc.Core;
using TopicGrpc.Engine.Archive.Bertopic;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Models;
using TopicGrpc.Server.Receiving;
using TopicGrpc.Server.Storage;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Transfers;

/// <summary>
/// Exports a version: writes its files to disk under a lease, releases the lease, and sends the files from disk. A slow disk blocks threads
/// for transfers only.
/// </summary>
internal sealed class ExportStream(
    DataFolder data,
    DiskThreads disk,
    TransferSlots slots,
    ModelRegistry models,
    ILogger<ExportStream> logger)
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
        await using var folder = await TransferFolder.CreateAsync(data, disk, cancellationToken);
        ExportModelResponse.Types.Header header = await WriteAsync(selector, folder.Path, cancellationToken);
        IReadOnlyList<TransferFile> files =
            await disk.Transfers.RunAsync(() => TransferFile.List(data.Files, folder.Path, cancellationToken), cancellationToken);
        header.Files.AddRange(files.Select(TransferMapping.ToProto));
        await responses.WriteAsync(new ExportModelResponse { Header = header }, cancellationToken);
        foreach (TransferFile file in files)
        {
            await SendAsync(file, folder.File(file.Name), responses, cancellationToken);
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
        VersionHandle version = lease.Handle;
        await disk.Transfers.RunAsync(
            () => BertopicFormat.Export(version.Content, directory, data.Files, cancellationToken), cancellationToken);
        return new ExportModelResponse.Types.Header
        {
            ModelVersion = version.Name,
            EncoderSha256 = GivenEncoder.WeightsOf(version.Content.Embedder),
        };
    }

    private async Task SendAsync(
        TransferFile file,
        string path,
        IServerStreamWriter<ExportModelResponse> responses,
        CancellationToken cancellationToken)
    {
        for (long offset = 0; offset < file.Size; offset += ChunkBytes)
        {
            long start = offset;
            int length = (int)Math.Min(ChunkBytes, file.Size - start);
            byte[] bytes = await disk.Transfers.RunAsync(() => Read(path, start, length), cancellationToken);
            ModelFileChunk chunk = new() { FileName = file.Name, Data = UnsafeByteOperations.UnsafeWrap(bytes) };
            await responses.WriteAsync(new ExportModelResponse { Chunk = chunk }, cancellationToken);
        }
    }

    private byte[] Read(string path, long offset, int length)
    {
        // gRPC reads the bytes of a message after WriteAsync was called, so each message has its own array.
        byte[] bytes = new byte[length];
        using IStoredFile file = data.Files.Open(path, FileMode.Open, FileAccess.Read);
        return file.Read(bytes, offset) == length
            ? bytes
            : throw new IOException($"'{Path.GetFileName(path)}' became shorter during the export.");
    }
}
