using TopicGrpc.Engine.Documents;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Fitting;
using TopicGrpc.Engine.Topics.Settings;
using Xunit;

namespace TopicGrpc.Engine.Tests.Topics.Fitting;

/// <summary>Fits whose derived vectors are in scratch files.</summary>
public sealed class ScratchFitTests : IDisposable
{
    private readonly SyntheticCorpus _corpus = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("topicgrpc-scratch-fit").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Fit_UnsortedDocuments_GivesTheSameBitsAsInTheHeap() => FitBoth(_corpus.Input, SyntheticCorpus.Options, files: 1);

    [Theory]
    [InlineData(6, 1 + 2)] // Few copies: all rows are laid out, the tree is built on the distinct ones.
    [InlineData(60, 1 + 1)] // Many copies: only the distinct rows are laid out.
    public void Fit_RepeatedTexts_GivesTheSameBitsAsInTheHeap(int copies, int files)
    {
        int count = _corpus.Documents.Count;
        List<Document> documents = [.. _corpus.Documents];
        Matrix rows = new(count + copies, _corpus.Embeddings.Columns);
        _corpus.Embeddings.Span.CopyTo(rows.Span);
        for (int copy = 0; copy < copies; copy++)
        {
            documents.Add(documents[copy] with { Id = $"copy-{copy}" });
            rows.Row(copy).CopyTo(rows.Row(count + copy));
        }

        FitBoth(
            new FitInput(documents, rows, SyntheticCorpus.Embedder), SyntheticCorpus.Options with { MergeDuplicates = true }, files);
    }

    private void FitBoth(FitInput input, TopicModelOptions options, int files)
    {
        using ScratchSpace scratch = new(DiskStorage.Instance, _folder) { FewestValues = 1 };
        TopicModelTrainer trainer = new(options);

        TopicModel file = trainer.Fit(input with { Scratch = scratch }, ComputeOptions.Default, progress: null, CancellationToken.None);
        TopicModel heap = trainer.Fit(input, ComputeOptions.Default, progress: null, CancellationToken.None);

        Assert.InRange(scratch.FileCount, files, files + 1);
        Assert.Equal(heap.Assignments, file.Assignments);
        Assert.True(heap.Layout!.Embedding.Span.SequenceEqual(file.Layout!.Embedding.Span));
        Assert.True(heap.Layout.TrainingRows.Span.SequenceEqual(file.Layout.TrainingRows.Span));
        Assert.Equal(
            heap.Predict(input.Embeddings.Row(3), allTopics: true).TopicProbabilities,
            file.Predict(input.Embeddings.Row(3), allTopics: true).TopicProbabilities);
    }
}
