using Google.Protobuf;
using Grpc.Core;
using TopicGrpc.Engine.Archive.Bertopic;
using TopicGrpc.Server.Models;
using TopicGrpc.Server.Storage;
using TopicGrpc.Shared;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Transfers;

/// <summary>One model on its way out: written to disk while the version is held, then sent from there.</summary>
internal sealed class ExportStream(DataFolder data, TransferSlots slots, ModelRegistry models, ILogger<ExportStream> logger)
{
    private const int ChunkBytes = 256 << 10;

    public async Task RunAsync(ExportModelRequest request, IServerStreamWriter<ExportModelResponse> responses, CancellationToken cancellationToken)
    {
        VersionChoice choice = ModelMapping.FromProto(request.Selector);
        using IDisposable slot = slots.Take();
        using TransferFolder folder = new(data);
        ExportModelResponse.Types.Header header = await WriteAsync(choice, folder.Path, cancellationToken);
        IReadOnlyList<TransferFile> files = await TransferFile.ListAsync(folder.Path, cancellationToken);
        header.Files.AddRange(files.Select(TransferMapping.ToProto));
        await responses.WriteAsync(new ExportModelResponse { Header = header }, cancellationToken);
        foreach (TransferFile file in files)
        {
            await SendAsync(file.Name, folder.File(file.Name), responses, cancellationToken);
        }

        Transfers.Log.Exported(logger, header.ModelVersion, files.Sum(static file => file.Size));
    }

    /// <summary>The version is given back before anything is sent: a slow reader does not keep it.</summary>
    private async Task<ExportModelResponse.Types.Header> WriteAsync(VersionChoice choice, string directory, CancellationToken cancellationToken)
    {
        using VersionLease lease = await models.AcquireAsync(choice, cancellationToken);
        BertopicFormat.Export(lease.Handle.Content, directory, cancellationToken);
        return new ExportModelResponse.Types.Header
        {
            ModelVersion = ResourceNames.Version(lease.Handle.Model, lease.Handle.Number),
            EncoderSha256 = lease.Handle.Content.Embedder.Sha256,
        };
    }

    private static async Task SendAsync(string name, string path, IServerStreamWriter<ExportModelResponse> responses, CancellationToken cancellationToken)
    {
        await using FileStream stream = File.OpenRead(path);
        while (stream.Position < stream.Length)
        {
            // A message keeps its bytes until it is sent, so each has an array of its own.
            byte[] bytes = new byte[Math.Min(ChunkBytes, stream.Length - stream.Position)];
            await stream.ReadExactlyAsync(bytes, cancellationToken);
            ModelFileChunk chunk = new() { FileName = name, Data = UnsafeByteOperations.UnsafeWrap(bytes) };
            await responses.WriteAsync(new ExportModelResponse { Chunk = chunk }, cancellationToken);
        }
    }
}
