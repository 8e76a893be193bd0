using System.Security.Cryptography;
using Grpc.Core;
using Microsoft.Extensions.Options;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Models;
using TopicGrpc.Server.Storage;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Transfers;

/// <summary>
/// One model on its way in: the header is checked before a byte is taken, the files go to disk as they come and are
/// hashed there; only then they are read as a model.
/// </summary>
internal sealed class ImportStream(DataFolder data, TransferSlots slots, ModelImporter importer, IOptions<ModelOptions> options, IHostApplicationLifetime lifetime)
{
    public async Task<ImportModelResponse> RunAsync(IAsyncStreamReader<ImportModelRequest> requests, CancellationToken callCancelled)
    {
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(callCancelled, lifetime.ApplicationStopping);
        try
        {
            using IDisposable slot = slots.Take();
            ImportPlan plan = await OpenAsync(requests, reading.Token);
            if (importer.FindEarlier(plan) is { } earlier)
            {
                return new ImportModelResponse { ModelVersion = ModelMapping.ToProto(earlier) };
            }

            using TransferFolder folder = new(data);
            foreach (TransferFile file in plan.Files)
            {
                await ReceiveAsync(file, folder.File(file.Name), requests, reading.Token);
            }

            if (await requests.MoveNext(reading.Token))
            {
                throw Fault.InvalidField("part", "all files of the header were there already");
            }

            // Whoever hangs up now gets the version all the same and finds it by its request id.
            VersionEntry version = await importer.ImportAsync(plan, folder.Path, lifetime.ApplicationStopping);
            return new ImportModelResponse { ModelVersion = ModelMapping.ToProto(version) };
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested && !callCancelled.IsCancellationRequested)
        {
            throw Fault.Draining();
        }
        catch (IOException failure) when (!callCancelled.IsCancellationRequested)
        {
            throw Fault.StorageUnavailable("The model", failure);
        }
    }

    private async Task<ImportPlan> OpenAsync(IAsyncStreamReader<ImportModelRequest> requests, CancellationToken cancellationToken)
    {
        if (!await requests.MoveNext(cancellationToken) || requests.Current.PartCase != ImportModelRequest.PartOneofCase.Header)
        {
            throw Fault.InvalidField("part", "the first message must be header");
        }

        ImportModelRequest.Types.Header header = requests.Current.Header;
        return TransferMapping.FromProto(header, options.Value.MaxImportBytes);
    }

    private static async Task ReceiveAsync(TransferFile file, string path, IAsyncStreamReader<ImportModelRequest> requests, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using FileStream stream = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        while (stream.Length < file.Size)
        {
            if (!await requests.MoveNext(cancellationToken) || requests.Current.PartCase != ImportModelRequest.PartOneofCase.Chunk)
            {
                throw Fault.InvalidField("part", FormattableString.Invariant($"a chunk of '{file.Name}' must follow: {stream.Length} of its {file.Size} bytes are there"));
            }

            ReadOnlyMemory<byte> bytes = Check(requests.Current.Chunk, file, stream.Length);
            hash.AppendData(bytes.Span);
            await stream.WriteAsync(bytes, cancellationToken);
        }

        string arrived = Convert.ToHexStringLower(hash.GetHashAndReset());
        if (arrived != file.Sha256)
        {
            throw Fault.ArrivedOtherwise(file.Name, arrived, file.Sha256);
        }
    }

    private static ReadOnlyMemory<byte> Check(ModelFileChunk chunk, TransferFile file, long have)
    {
        if (chunk.FileName != file.Name)
        {
            throw Fault.InvalidField("chunk.file_name", $"'{file.Name}' must come first, in the order of the header");
        }

        return chunk.Data.Length > 0 && chunk.Data.Length <= file.Size - have
            ? chunk.Data.Memory
            : throw Fault.InvalidField("chunk.data", FormattableString.Invariant($"must hold 1 to {file.Size - have} bytes: so many of '{file.Name}' are missing"));
    }
}
