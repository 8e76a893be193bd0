using Grpc.Core;
using TopicGrpc.Client.Calls;
using TopicGrpc.Client.Errors;
using TopicGrpc.Shared;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Maintenance;

/// <summary>Backup and verification of the data of a server. Thread-safe.</summary>
public class MaintenanceClient
{
    private const int MostSnapshots = 5;

    private readonly ClientCore _core = null!;
    private readonly Wire.MaintenanceService.MaintenanceServiceClient _stub = null!;

    /// <summary>Creates a fake that overrides the members.</summary>
    protected MaintenanceClient()
    {
    }

    internal MaintenanceClient(ClientCore core)
    {
        _core = core;
        _stub = new Wire.MaintenanceService.MaintenanceServiceClient(core.Invoker);
    }

    /// <summary>
    /// Backs up all data of the server while it works. The folder receives only blocks that it does not have. After a broken connection the
    /// client continues; a backup that fails leaves the earlier ones unchanged.
    /// </summary>
    /// <param name="directory">Backup folder; created if it does not exist.</param>
    /// <param name="cancellationToken">Stops the backup; blocks that have arrived remain for the next one.</param>
    /// <returns>The snapshot and what was received.</returns>
    /// <exception cref="IOException">The folder cannot be written, or the disk is full.</exception>
    /// <exception cref="TopicGrpcException">The server failed or violated the contract.</exception>
    public virtual async Task<BackupResult> CreateBackupAsync(string directory, CancellationToken cancellationToken = default)
    {
        BackupFolder folder = new(directory);
        Reconnection reconnection = new(_core, nameof(Wire.MaintenanceService.MaintenanceServiceClient.CreateBackup));
        BackupDownload download = new(_stub, folder, reconnection.Progressed);
        for (int snapshots = 1; ; snapshots++)
        {
            try
            {
                BackupManifest manifest = await download.RunAsync(cancellationToken).ConfigureAwait(false);
                return new BackupResult(folder.Add(manifest), folder.FullPath, download.ReceivedBytes);
            }
            catch (RpcException failure) when (snapshots < MostSnapshots && IsSnapshotChanged(failure))
            {
                // The server takes a new snapshot.
            }
            catch (RpcException failure)
            {
                await reconnection.WaitAsync(failure, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Lets the server read everything that it stores and compare checksums, counts and references. Changes nothing.</summary>
    /// <param name="cancellationToken">Stops the verification.</param>
    /// <returns>Problems and totals.</returns>
    /// <exception cref="TopicGrpcException">The server failed.</exception>
    public virtual async Task<DataVerification> VerifyAsync(CancellationToken cancellationToken = default)
    {
        List<DataProblem> problems = [];
        try
        {
            using AsyncServerStreamingCall<Wire.VerifyDataResponse> call =
                _stub.VerifyData(new Wire.VerifyDataRequest(), cancellationToken: cancellationToken);
            while (await call.ResponseStream.MoveNext(cancellationToken).ConfigureAwait(false))
            {
                Wire.VerifyDataResponse response = call.ResponseStream.Current;
                if (response.Problem is { } problem)
                {
                    bool isError = problem.Severity != Wire.VerifyDataResponse.Types.Problem.Types.Severity.Warning;
                    problems.Add(new DataProblem(isError, problem.Subject, problem.Message));
                }
                else if (response.Summary is { } summary)
                {
                    return new DataVerification(
                        problems,
                        summary.CorpusCount,
                        summary.DocumentCount,
                        summary.VersionCount,
                        summary.ReadBytes,
                        summary.ErrorCount,
                        summary.WarningCount);
                }
            }
        }
        catch (RpcException failure)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw ErrorTranslation.ToException(failure, attempts: 1);
        }

        throw ErrorTranslation.ToException(
            "The server violated the contract: the verification ends without a summary.",
            new ErrorDetails { Status = TopicGrpcStatus.DataLoss },
            inner: null);
    }

    private static bool IsSnapshotChanged(RpcException failure) =>
        failure.StatusCode == StatusCode.Aborted
        && ErrorTranslation.ToException(failure, attempts: 1).Reason == ErrorReasons.SnapshotChanged;
}
