using Grpc.Core;
using Microsoft.Extensions.Options;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Models;
using TopicGrpc.Server.Receiving;
using TopicGrpc.Server.Storage;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Transfers;

/// <summary>
/// Imports a model: validates the header before any file is received, writes and hashes the files, and reads the model only when all files
/// are complete.
/// </summary>
internal sealed class ImportStream(
    DataFolder data,
    DiskThreads disk,
    DiskSpace space,
    TransferSlots slots,
    ModelImporter importer,
    IOptions<ModelOptions> options,
    IHostApplicationLifetime lifetime)
{
    public async Task<ImportModelResponse> RunAsync(
        IAsyncStreamReader<ImportModelRequest> requests,
        CallBody body,
        CancellationToken callCancelled)
    {
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(callCancelled, lifetime.ApplicationStopping);
        try
        {
            // The slot is acquired after the header, so that a client that sends nothing takes none.
            ImportPlan plan = await OpenAsync(requests, reading.Token);
            using IDisposable slot = slots.Acquire(body);
            if (importer.FindEarlier(plan) is { } earlier)
            {
                return new ImportModelResponse { ModelVersion = ModelMapping.ToProto(earlier) };
            }

            importer.RequireRoom(plan);

            // Twice: the received files, and the version that is made of them.
            space.Require(2 * plan.Files.Sum(static file => file.Size));
            await using var folder = await TransferFolder.CreateAsync(data, disk, reading.Token);
            foreach (TransferFile file in plan.Files)
            {
                string path = folder.File(file.Name);
                using IStoredFile target = await disk.Transfers.RunAsync(
                    () => data.Files.Open(path, FileMode.CreateNew, FileAccess.Write), reading.Token);
                await ReceivedFile.WriteAsync(file, target, disk.Transfers, requests, reading.Token);
            }

            if (await requests.MoveNext(reading.Token))
            {
                throw Fault.InvalidField("part", "must not follow the last file of the header");
            }

            VersionEntry version = await importer.ImportAsync(plan, folder.Path, reading.Token, lifetime.ApplicationStopping);
            return new ImportModelResponse { ModelVersion = ModelMapping.ToProto(version) };
        }
        catch (OperationCanceledException)
            when (lifetime.ApplicationStopping.IsCancellationRequested && !callCancelled.IsCancellationRequested)
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

        return TransferMapping.FromProto(requests.Current.Header, options.Value.MaxImportBytes);
    }
}
