using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client;
using TopicGrpc.Client.Fits;
using TopicGrpc.Client.Models;
using TopicGrpc.Client.Operations;
using TopicGrpc.Client.Selectors;
using TopicGrpc.Client.Topics;

namespace TopicGrpc.Cli.Jobs;

/// <summary>Runs an operation on the topics of a version and reads the topics of the new version.</summary>
internal sealed class DerivationJob(TopicGrpcClient client, Terminal terminal)
{
    public async Task<DerivationResult> RunAsync(
        ModelSelector parent,
        VersionOperation operation,
        DeriveOptions options,
        CancellationToken cancellationToken)
    {
        FitHandle work = await client.Models.DeriveAsync(parent, operation, options, cancellationToken);
        FitResult fit = await terminal.TrackAsync(board => WaitAsync(work, board, cancellationToken));
        FitInfo info = await work.GetAsync(cancellationToken);
        ModelSelector version = new(fit.Model) { Version = fit.Version };
        TopicList topics = await client.ListTopicsAsync(version, options: null, cancellationToken);
        return new DerivationResult(info.ParentVersion ?? 0, fit.Report, topics);
    }

    private static async Task<FitResult> WaitAsync(FitHandle work, IProgressBoard board, CancellationToken cancellationToken)
    {
        try
        {
            FitStages stages = new(board);
            FitResult result = await work.WaitAsync(stages, cancellationToken);
            stages.Complete();
            return result;
        }
        catch (OperationCanceledException)
        {
            // An interrupted command also stops the derivation on the server.
            await work.CancelAsync(CancellationToken.None);
            throw;
        }
    }
}
