using System.Security.Cryptography;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Hosting;
using TopicGrpc.Server.Models;
using TopicGrpc.Server.Receiving;
using TopicGrpc.Server.Storage;
using TopicGrpc.Server.Transfers;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Backups;

/// <summary>
/// Sends a snapshot. Each file is offered as the hashes of its blocks, and the client asks for those that it lacks. One block is in memory
/// at a time.
/// </summary>
internal sealed class BackupStream(
    DataFolder folder,
    DiskThreads threads,
    TransferSlots slots,
    SnapshotTaking snapshots,
    IModelStore versions,
    ILogger<BackupStream> logger)
{
    private const int OfferBlocks = 4096;

    public async Task RunAsync(
        IAsyncStreamReader<CreateBackupRequest> requests,
        IServerStreamWriter<CreateBackupResponse> responses,
        CallBody body,
        CancellationToken cancellationToken)
    {
        if (!await requests.MoveNext(cancellationToken) || requests.Current.PartCase != CreateBackupRequest.PartOneofCase.Open)
        {
            throw Fault.InvalidField("part", "the first message must be open");
        }

        using IDisposable slot = slots.Acquire(body);
        bool isBusy = true;
        body.IsBusy = () => Volatile.Read(ref isBusy);
        using BackupSnapshot snapshot = await snapshots.TakeAsync(cancellationToken);
        await responses.WriteAsync(Start(snapshot), cancellationToken);
        long sent = 0;
        foreach (BackupFile file in snapshot.Files)
        {
            for (long first = 0; first < Math.Max(1, file.Blocks); first += OfferBlocks)
            {
                CreateBackupResponse.Types.Offer offer = await OfferAsync(file, first, cancellationToken);
                await responses.WriteAsync(new CreateBackupResponse { Offer = offer }, cancellationToken);
                Volatile.Write(ref isBusy, false);
                RepeatedField<int> wanted = await NextAsync(requests, offer.BlockSha256.Count, cancellationToken);
                Volatile.Write(ref isBusy, true);
                sent += await SendAsync(file, first, wanted, responses, cancellationToken);
            }
        }

        long total = snapshot.Files.Sum(static file => file.Length);
        await responses.WriteAsync(
            new CreateBackupResponse
            {
                Completed = new()
                {
                    FileCount = snapshot.Files.Count,
                    TotalBytes = total,
                    SentBytes = sent,
                    Problems = { snapshot.Problems },
                },
            },
            cancellationToken);
        Log.Sent(logger, snapshot.Files.Count, total, sent);
    }

    private static CreateBackupResponse Start(BackupSnapshot snapshot) => new()
    {
        Snapshot = new()
        {
            CreateTime = Timestamp.FromDateTimeOffset(snapshot.Created),
            FolderId = snapshot.FolderId,
            ServerVersion = ServerBuild.Version,
            BlockBytes = BackupFile.BlockBytes,
            FileCount = snapshot.Files.Count,
        },
    };

    private static async Task<RepeatedField<int>> NextAsync(
        IAsyncStreamReader<CreateBackupRequest> requests, int offered, CancellationToken cancellationToken)
    {
        if (!await requests.MoveNext(cancellationToken) || requests.Current.Request is not { } request)
        {
            throw Fault.InvalidField("part", "an offer must be answered with request");
        }

        for (int index = 0; index < request.Blocks.Count; index++)
        {
            if (request.Blocks[index] >= offered || (index > 0 && request.Blocks[index] <= request.Blocks[index - 1]))
            {
                throw Fault.InvalidField(
                    FormattableString.Invariant($"request.blocks[{index}]"),
                    FormattableString.Invariant($"must be less than {offered}, the blocks of the offer, and above the index before it"));
            }
        }

        return request.Blocks;
    }

    private async Task<CreateBackupResponse.Types.Offer> OfferAsync(BackupFile file, long first, CancellationToken cancellationToken)
    {
        long end = Math.Min(file.Blocks, first + OfferBlocks);
        CreateBackupResponse.Types.Offer offer = new()
        {
            Path = file.Path,
            SizeBytes = file.Length,
            FirstBlock = first,
            Last = end == file.Blocks,
        };
        for (long block = first; block < end; block++)
        {
            byte[] hash = SHA256.HashData(await ReadAsync(file, block, cancellationToken));
            offer.BlockSha256.Add(UnsafeByteOperations.UnsafeWrap(hash));
        }

        return offer;
    }

    private async Task<long> SendAsync(
        BackupFile file,
        long first,
        RepeatedField<int> wanted,
        IServerStreamWriter<CreateBackupResponse> responses,
        CancellationToken cancellationToken)
    {
        long sent = 0;
        foreach (int index in wanted)
        {
            byte[] bytes = await ReadAsync(file, first + index, cancellationToken);
            CreateBackupResponse.Types.Block block = new() { Index = index, Data = UnsafeByteOperations.UnsafeWrap(bytes) };
            await responses.WriteAsync(new CreateBackupResponse { Block = block }, cancellationToken);
            sent += bytes.Length;
        }

        return sent;
    }

    private async Task<byte[]> ReadAsync(BackupFile file, long block, CancellationToken cancellationToken)
    {
        try
        {
            using IVersionFiles? version = file.Version is null ? null : await AcquireAsync(file.Version, file.Path, cancellationToken);
            if (version is not null)
            {
                file = file with { Source = Path.Combine(version.Path, Path.GetFileName(file.Source)) };
            }

            byte[] bytes = await threads.ReadAsync(() => file.Read(folder.Files, block), cancellationToken);
            return folder.Replacements == file.Replacements ? bytes : throw Fault.SnapshotChanged(file.Path);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException or EndOfStreamException)
        {
            throw Fault.SnapshotChanged(file.Path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Fault.StorageUnavailable($"The file '{file.Path}'", failure);
        }
    }

    private async Task<IVersionFiles> AcquireAsync(BackupVersion version, string path, CancellationToken cancellationToken)
    {
        try
        {
            IVersionFiles files = await versions.AcquireFilesAsync(version.ModelId, version.Number, waits: false, cancellationToken);
            if (files.ContentId == version.ContentId)
            {
                return files;
            }

            files.Dispose();
        }
        catch (InvalidDataException)
        {
            // The version was deleted meanwhile.
        }

        throw Fault.SnapshotChanged(path);
    }
}
