using System.Security.Cryptography;
using Grpc.Core;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Maintenance;

/// <summary>
/// Receives one backup as one call. Blocks are stored as they arrive, so that a further attempt continues where this one broke.
/// </summary>
internal sealed class BackupDownload(Wire.MaintenanceService.MaintenanceServiceClient stub, BackupFolder folder, Action progressed)
{
    private const int HashBytes = 32;

    private Wire.CreateBackupResponse.Types.Snapshot? _snapshot;
    private Wire.CreateBackupResponse.Types.Completed? _completed;
    private readonly List<BackupFileEntry> _files = [];
    private readonly List<string> _blocks = [];
    private string? _path;

    /// <summary>Bytes received by all attempts.</summary>
    public long ReceivedBytes { get; private set; }

    /// <summary>Runs one attempt.</summary>
    /// <exception cref="RpcException">The call failed, or the server violated the contract.</exception>
    public async Task<BackupManifest> RunAsync(CancellationToken cancellationToken)
    {
        (_snapshot, _completed, _path) = (null, null, null);
        _files.Clear();
        _blocks.Clear();
        using AsyncDuplexStreamingCall<Wire.CreateBackupRequest, Wire.CreateBackupResponse> call =
            stub.CreateBackup(cancellationToken: cancellationToken);
        await SendAsync(call, new Wire.CreateBackupRequest { Open = new() }, cancellationToken).ConfigureAwait(false);
        while (await call.ResponseStream.MoveNext(cancellationToken).ConfigureAwait(false))
        {
            progressed();
            await ReceiveAsync(call, call.ResponseStream.Current, cancellationToken).ConfigureAwait(false);
        }

        return Complete();
    }

    private static RpcException Wrong(string what) =>
        new(new Status(StatusCode.DataLoss, $"The server violated the contract: {what}."));

    // When the server has ended the call, its status says why; the exception of the write does not.
    private static async Task SendAsync(
        AsyncDuplexStreamingCall<Wire.CreateBackupRequest, Wire.CreateBackupResponse> call,
        Wire.CreateBackupRequest request,
        CancellationToken cancellationToken)
    {
        try
        {
            await call.RequestStream.WriteAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidOperationException)
        {
            while (await call.ResponseStream.MoveNext(cancellationToken).ConfigureAwait(false))
            {
            }

            throw;
        }
    }

    private async Task ReceiveAsync(
        AsyncDuplexStreamingCall<Wire.CreateBackupRequest, Wire.CreateBackupResponse> call,
        Wire.CreateBackupResponse response,
        CancellationToken cancellationToken)
    {
        switch (response.PartCase)
        {
            case Wire.CreateBackupResponse.PartOneofCase.Snapshot when _snapshot is null:
                _snapshot = response.Snapshot;
                break;
            case Wire.CreateBackupResponse.PartOneofCase.Offer when _snapshot is not null && _completed is null:
                await AnswerAsync(call, response.Offer, cancellationToken).ConfigureAwait(false);
                break;
            case Wire.CreateBackupResponse.PartOneofCase.Completed when _snapshot is not null && _completed is null:
                _completed = response.Completed;
                break;
            default:
                throw Wrong($"{response.PartCase} is out of place");
        }
    }

    private async Task AnswerAsync(
        AsyncDuplexStreamingCall<Wire.CreateBackupRequest, Wire.CreateBackupResponse> call,
        Wire.CreateBackupResponse.Types.Offer offer,
        CancellationToken cancellationToken)
    {
        if (!BackupPaths.IsValid(offer.Path))
        {
            throw Wrong($"no data folder has the path '{offer.Path}'");
        }

        if (offer.BlockSha256.Any(static hash => hash.Length != HashBytes)
            || offer.FirstBlock != _blocks.Count
            || (_path is not null && _path != offer.Path))
        {
            throw Wrong($"the offer of '{offer.Path}' does not continue the one before");
        }

        _path = offer.Path;
        string[] hashes = [.. offer.BlockSha256.Select(static hash => Convert.ToHexStringLower(hash.Span))];
        HashSet<string> asked = new(StringComparer.Ordinal);
        Wire.CreateBackupRequest.Types.BlockRequest request = new();
        request.Blocks.AddRange(Enumerable.Range(0, hashes.Length).Where(
            index => !folder.Blocks.Has(hashes[index]) && asked.Add(hashes[index])));
        await SendAsync(call, new Wire.CreateBackupRequest { Request = request }, cancellationToken).ConfigureAwait(false);
        foreach (int index in request.Blocks)
        {
            await StoreAsync(call.ResponseStream, index, hashes[index], cancellationToken).ConfigureAwait(false);
        }

        _blocks.AddRange(hashes);
        if (offer.Last)
        {
            _files.Add(new BackupFileEntry(offer.Path, offer.SizeBytes, [.. _blocks]));
            _blocks.Clear();
            _path = null;
        }
    }

    private async Task StoreAsync(
        IAsyncStreamReader<Wire.CreateBackupResponse> responses, int index, string hash, CancellationToken cancellationToken)
    {
        if (!await responses.MoveNext(cancellationToken).ConfigureAwait(false)
            || responses.Current.Block is not { } block
            || block.Index != index)
        {
            throw Wrong($"block {index} of '{_path}' is missing");
        }

        progressed();
        if (Convert.ToHexStringLower(SHA256.HashData(block.Data.Span)) != hash)
        {
            throw Wrong($"block {index} of '{_path}' differs from its hash");
        }

        folder.Blocks.Add(hash, block.Data.Span);
        ReceivedBytes += block.Data.Length;
    }

    private BackupManifest Complete()
    {
        if (_snapshot is null || _completed is null || _path is not null || _files.Count != _completed.FileCount)
        {
            throw Wrong("the backup ends early");
        }

        return new BackupManifest
        {
            Format = BackupManifest.CurrentFormat,
            Created = _snapshot.CreateTime.ToDateTimeOffset(),
            FolderId = _snapshot.FolderId,
            ServerVersion = _snapshot.ServerVersion,
            BlockBytes = _snapshot.BlockBytes,
            Files = [.. _files],
            Problems = [.. _completed.Problems],
        };
    }
}
