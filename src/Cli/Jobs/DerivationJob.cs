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
        FitResult fit = await terminal.TrackAsync(board => FitStages.WaitAsync(work, board, cancellationToken));
        FitInfo info = await work.GetAsync(cancellationToken);
        ModelSelector version = new(fit.Model) { Version = fit.Version };
        TopicList topics = await client.ListTopicsAsync(version, options: null, cancellationToken);
        return new DerivationResult(info.ParentVersion ?? 0, fit.Report, topics);
    }
}
