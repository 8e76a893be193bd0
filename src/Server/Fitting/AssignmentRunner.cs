using System.Runtime.InteropServices;
using Microsoft.Extensions.Options;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Recognition;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Corpora;
using TopicGrpc.Server.Models;
using TopicGrpc.Server.Storage;
using Document = TopicGrpc.Engine.Documents.Document;

namespace TopicGrpc.Server.Fitting;

/// <summary>
/// Assigns the documents of a corpus that a version has not assigned yet. Each gets the answer of a prediction for its text. Finished
/// blocks are durable, so a run that was interrupted continues behind the last one.
/// </summary>
internal sealed class AssignmentRunner(
    FitStore fits,
    CorpusStore corpora,
    AssignmentVectors vectors,
    ModelRegistry models,
    IAssignmentStore assignments,
    VersionRemoval removal,
    DataFolder folder,
    FitThreads threads,
    IOptions<FitOptions> options,
    TimeProvider clock)
{
    /// <summary>Documents that one thread answers together.</summary>
    private const int GroupSize = 64;

    /// <summary>Assigns.</summary>
    public async Task RunAsync(FitJob job, CancellationToken cancellationToken)
    {
        FitState state = job.State;
        (string model, long version) = RequestNames.ParseVersion(state.ParentVersion, "parent_version");
        using VersionLease lease = await models.AcquireAsync(new VersionSelector(model, version, Label: null), cancellationToken);
        using ScratchSpace scratch = new(folder.Files, folder.Staging);
        ProgressReporter progress = new(job, options.Value.ProgressInterval, clock);
        AssignmentName name = new(state.CorpusId, model, version);
        IAssignmentWriter writer = assignments.OpenWriter(name, job);
        EmbedderInfo? foreign = await vectors.RequireSameEncoderAsync(state.CorpusId, lease.Handle, cancellationToken);
        List<Document> documents = await corpora.Get(state.CorpusId).Corpus.ReadAllAsync(cancellationToken);
        HashSet<UInt128> assigned = await ReadAssignedAsync(writer, cancellationToken);
        documents.RemoveAll(document => assigned.Contains(EmbeddingCache.KeyOf(document.Id)));
        documents.Sort(static (left, right) => string.CompareOrdinal(left.Id, right.Id));
        job.Change(current => current with { DocumentCount = documents.Count });
        (Matrix rows, IReadOnlyList<string> without) = await vectors.ReadAsync(
            state.CorpusId, foreign, documents, scratch, progress, cancellationToken);

        progress.Report(new FitProgress(FitStage.Assignment, 0));
        await AssignAsync(
            new Input(lease.Handle.Content, documents, rows), writer, job, done => progress.Report(
                new FitProgress(FitStage.Assignment, done)), cancellationToken);
        await AppendOutliersAsync([.. without], writer, cancellationToken);

        // The version may have been deleted meanwhile, here or by Models:KeepVersions.
        await removal.SweepAsync();
    }

    private static async Task<HashSet<UInt128>> ReadAssignedAsync(IAssignmentWriter writer, CancellationToken cancellationToken)
    {
        HashSet<UInt128> assigned = [];
        await writer.CatchUpAsync(document => assigned.Add(EmbeddingCache.KeyOf(document.Id)), cancellationToken);
        return assigned;
    }

    private async Task AssignAsync(
        Input input, IAssignmentWriter writer, FitJob job, Action<double> report, CancellationToken cancellationToken)
    {
        List<int> pending = [.. Enumerable.Range(0, input.Documents.Count)];
        bool hasProgressed = false;
        for (int first = 0; first < pending.Count;)
        {
            int count = Math.Min(AssignmentCodec.MaxDocuments, pending.Count - first);
            AssignedDocument[] block = Answer(input, pending, first, count, cancellationToken);
            if (!await writer.TryAppendAsync(block, cancellationToken))
            {
                // Another member runs a job for the same corpus and version.
                HashSet<UInt128> others = await ReadAssignedAsync(writer, cancellationToken);
                pending.RemoveRange(0, first);
                pending.RemoveAll(row => others.Contains(EmbeddingCache.KeyOf(input.Documents[row].Id)));
                first = 0;
                continue;
            }

            first += count;
            if (!hasProgressed)
            {
                // A run that gets further is not one that stops the server again and again.
                await fits.RunAsync(store => store.Progressed(job), cancellationToken);
                hasProgressed = true;
            }

            report(1 - ((double)(pending.Count - first) / input.Documents.Count));
        }
    }

    /// <summary>
    /// Stores that texts without an embedding have no topic. A last block without documents shows that a corpus without documents was
    /// assigned.
    /// </summary>
    private static async Task AppendOutliersAsync(List<string> ids, IAssignmentWriter writer, CancellationToken cancellationToken)
    {
        int stored = 0;
        while (true)
        {
            AssignedDocument[] block =
            [
                .. ids.Skip(stored).Take(AssignmentCodec.MaxDocuments).Select(static id => new AssignedDocument(id, -1, 0)),
            ];
            if (await writer.TryAppendAsync(block, cancellationToken))
            {
                stored += block.Length;
                if (stored == ids.Count)
                {
                    return;
                }
            }
            else
            {
                HashSet<UInt128> others = await ReadAssignedAsync(writer, cancellationToken);
                ids.RemoveRange(0, stored);
                ids.RemoveAll(id => others.Contains(EmbeddingCache.KeyOf(id)));
                stored = 0;
            }
        }
    }

    private AssignedDocument[] Answer(Input input, List<int> pending, int first, int count, CancellationToken cancellationToken)
    {
        var block = new AssignedDocument[count];

        // On the threads of the fits, of which there is one less while predictions arrive.
        ParallelOptions parallel = new()
        {
            MaxDegreeOfParallelism = threads.Compute.Threads,
            TaskScheduler = TaskScheduler.Current,
            CancellationToken = cancellationToken,
        };
        Parallel.For(0, (count + GroupSize - 1) / GroupSize, parallel, group =>
        {
            int start = group * GroupSize;
            int length = Math.Min(GroupSize, count - start);
            Answer(input, CollectionsMarshal.AsSpan(pending).Slice(first + start, length), block.AsSpan(start, length));
        });
        return block;
    }

    private static void Answer(Input input, ReadOnlySpan<int> group, Span<AssignedDocument> assigned)
    {
        var questions = new TopicQuestion[group.Length];
        var answers = new TopicAnswer[group.Length];
        for (int i = 0; i < group.Length; i++)
        {
            questions[i] = new TopicQuestion(ByCentroid: false, AllTopics: false, TextFingerprint.Of(input.Documents[group[i]].Text));
        }

        input.Model.Answer(input.Rows, group, questions, answers);
        for (int i = 0; i < group.Length; i++)
        {
            TopicPrediction prediction = answers[i].Prediction;
            assigned[i] = new AssignedDocument(input.Documents[group[i]].Id, prediction.TopicId, (float)prediction.Probability);
        }
    }

    private sealed record Input(TopicModel Model, List<Document> Documents, Matrix Rows);
}
