using System.Threading.Channels;
using Grpc.Core;
using TopicGrpc.Server.Corpora;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Models;
using TopicGrpc.Server.Storage;
using TopicGrpc.Server.Transfers;
using TopicGrpc.V1;
using Severity = TopicGrpc.V1.VerifyDataResponse.Types.Problem.Types.Severity;

namespace TopicGrpc.Server.Verification;

/// <summary>Verifies the data folder of the running server on a disk thread and sends the problems.</summary>
internal sealed class VerificationStream(
    DataFolder folder,
    CorpusStore corpora,
    MetadataDatabase database,
    IModelStore versions,
    IAssignmentStore assignments,
    DiskThreads threads,
    TransferSlots slots)
{
    private const int MaxProblems = 1000;

    public async Task RunAsync(IServerStreamWriter<VerifyDataResponse> responses, CancellationToken cancellationToken)
    {
        using IDisposable slot = slots.Acquire(body: null);
        await corpora.CatchUpAsync(cancellationToken);
        var problems = Channel.CreateBounded<DataProblem>(MaxProblems);
        Task<VerificationTotals> verification = threads.ReadAsync(() => Run(problems.Writer, cancellationToken), cancellationToken);
        await foreach (DataProblem problem in problems.Reader.ReadAllAsync(cancellationToken))
        {
            await responses.WriteAsync(new VerifyDataResponse { Problem = ToProto(problem) }, cancellationToken);
        }

        await responses.WriteAsync(new VerifyDataResponse { Summary = ToProto(await verification) }, cancellationToken);
    }

    // A slow reader must not keep the disk thread waiting: problems beyond the channel's bound are only counted.
    private VerificationTotals Run(ChannelWriter<DataProblem> problems, CancellationToken cancellationToken)
    {
        try
        {
            return new DataVerifier(folder.Files, folder.Root, database.Reading, versions, assignments)
                .Run(problem => problems.TryWrite(problem), cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Fault.StorageUnavailable("The data folder", failure);
        }
        finally
        {
            problems.Complete();
        }
    }

    private static VerifyDataResponse.Types.Problem ToProto(DataProblem problem) => new()
    {
        Severity = problem.IsError ? Severity.Error : Severity.Warning,
        Subject = problem.Subject,
        Message = problem.Message,
    };

    private static VerifyDataResponse.Types.Summary ToProto(VerificationTotals totals) => new()
    {
        CorpusCount = totals.Corpora,
        DocumentCount = totals.Documents,
        VersionCount = totals.Versions,
        ReadBytes = totals.ReadBytes,
        ErrorCount = totals.Errors,
        WarningCount = totals.Warnings,
    };
}
