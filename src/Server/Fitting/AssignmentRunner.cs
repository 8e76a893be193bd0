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
    AssignmentFiles files,
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
        Target target = new(state.CorpusId, model, version);
        EmbedderInfo? foreign = await vectors.RequireSameEncoderAsync(state.CorpusId, lease.Handle, cancellationToken);
        List<Document> documents = await corpora.Get(state.CorpusId).Corpus.ReadAllAsync(cancellationToken);
        RemoveAssigned(documents, target, cancellationToken);
        documents.Sort(static (left, right) => string.CompareOrdinal(left.Id, right.Id));
        job.Change(current => current with { DocumentCount = documents.Count });
        (Matrix rows, IReadOnlyList<string> without) = await vectors.ReadAsync(
            state.CorpusId, foreign, documents, scratch, progress, cancellationToken);

        progress.Report(new FitProgress(FitStage.Assignment, 0));
        (long Offset, long Replacements) end = default;
        for (int first = 0; first < documents.Count; first += AssignmentCodec.MaxDocuments)
        {
            int count = Math.Min(AssignmentCodec.MaxDocuments, documents.Count - first);
            AssignedDocument[] block = Answer(lease.Handle.Content, documents, rows, first, count, cancellationToken);
            end = files.Append(target.Corpus, target.Model, target.Version, block, end);
            if (first == 0)
            {
                // A run that gets further is not one that stops the server again and again.
                await fits.RunAsync(store => store.Progressed(job), cancellationToken);
            }

            progress.Report(new FitProgress(FitStage.Assignment, (double)(first + count) / documents.Count));
        }

        // A text without an embedding has no topic. An empty file shows that a corpus without documents was assigned.
        AssignedDocument[] outliers = [.. without.Select(static id => new AssignedDocument(id, -1, 0))];
        files.Append(target.Corpus, target.Model, target.Version, outliers, end);

        // The version may have been deleted meanwhile, here or by Models:KeepVersions.
        await removal.SweepAsync();
    }

    private void RemoveAssigned(List<Document> documents, Target target, CancellationToken cancellationToken)
    {
        if (!files.Exists(target.Corpus, target.Model, target.Version))
        {
            return;
        }

        HashSet<UInt128> assigned = [];
        files.Visit(
            target.Corpus,
            target.Model,
            target.Version,
            0,
            document => assigned.Add(EmbeddingCache.KeyOf(document.Id)) || true,
            cancellationToken);
        documents.RemoveAll(document => assigned.Contains(EmbeddingCache.KeyOf(document.Id)));
    }

    private AssignedDocument[] Answer(
        TopicModel model, List<Document> documents, Matrix rows, int first, int count, CancellationToken cancellationToken)
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
            Answer(model, documents, rows, first + start, block.AsSpan(start, Math.Min(GroupSize, count - start)));
        });
        return block;
    }

    private static void Answer(TopicModel model, List<Document> documents, Matrix rows, int first, Span<AssignedDocument> assigned)
    {
        Span<int> group = stackalloc int[assigned.Length];
        var questions = new TopicQuestion[assigned.Length];
        var answers = new TopicAnswer[assigned.Length];
        for (int i = 0; i < assigned.Length; i++)
        {
            group[i] = first + i;
            questions[i] = new TopicQuestion(ByCentroid: false, AllTopics: false, TextFingerprint.Of(documents[first + i].Text));
        }

        model.Answer(rows, group, questions, answers);
        for (int i = 0; i < assigned.Length; i++)
        {
            TopicPrediction prediction = answers[i].Prediction;
            assigned[i] = new AssignedDocument(documents[first + i].Id, prediction.TopicId, (float)prediction.Probability);
        }
    }

    private readonly record struct Target(string Corpus, string Model, long Version);
}
