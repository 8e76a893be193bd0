using TopicGrpc.Engine.Layout;
using TopicGrpc.Engine.Neighbors;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Engine.Topics;

/// <summary>
/// Answers in three steps: a training document keeps its topic; any other text gets the topic of its cluster or nearest centroid; an
/// outlier is treated by the policy of the model. Novelty comes from the search for neighbors that placing a text needs anyway.
/// </summary>
internal sealed class TopicAnswering
{
    private readonly TopicModel _model;
    private readonly DensityPredictor? _density;
    private readonly CentroidPredictor _centroids;
    private readonly KnownDocuments? _documents;
    private readonly RowQuery? _vectors;
    private readonly double _leastSimilarity;

    public TopicAnswering(TopicModel model, DensityPredictor? density, CentroidPredictor centroids)
    {
        _model = model;
        _density = density;
        _centroids = centroids;
        TopicModelState state = model.State;
        _documents = state.Texts is null ? null : new KnownDocuments(state.Texts, state.Assignments);
        _vectors = state is { Layout: null, DocumentVectors: { } rows, DocumentIndex: { } index }
            ? new RowQuery(rows, DistanceMetric.Cosine, Math.Min(rows.Rows, RowDistance.TableColumns), index)
            : null;
        _leastSimilarity = LeastSimilarity(state.Options);
    }

    /// <summary>Returns the least cosine of an outlier with a centroid that assigns it to the topic; NaN if none does.</summary>
    public static double LeastSimilarity(TopicModelOptions options) => options.OutlierPolicy switch
    {
        OutlierPolicy.Nearest => options.OutlierMinSimilarity,
        OutlierPolicy.All => double.NegativeInfinity,
        _ => double.NaN,
    };

    public TopicAnswer Answer(ReadOnlySpan<float> embedding, TopicQuestion question, Span<float> position) =>
        Answer(embedding, question, position, default(PlacedRow));

    /// <summary>Answers some rows of a matrix, with one search for the neighbors of each group of rows.</summary>
    /// <param name="embeddings">Matrix with the embeddings.</param>
    /// <param name="rows">Indexes of the rows.</param>
    /// <param name="questions">A question for each of them.</param>
    /// <param name="positions">Receives their positions in the layout, in the rows of the embeddings; null if not needed.</param>
    /// <param name="answers">Receives the answers.</param>
    public void Answer(
        Matrix embeddings, ReadOnlySpan<int> rows, ReadOnlySpan<TopicQuestion> questions, Matrix? positions, Span<TopicAnswer> answers)
    {
        var nearest = new RankedRows[CoarseRows.QueryGroup];
        for (int i = 0; i < nearest.Length; i++)
        {
            nearest[i] = new RankedRows(0);
        }

        Matrix? placed = _density is null ? null : new Matrix(nearest.Length, _model.Layout!.Embedding.Columns);
        for (int start = 0; start < rows.Length; start += nearest.Length)
        {
            ReadOnlySpan<int> group = rows.Slice(start, Math.Min(nearest.Length, rows.Length - start));
            if (placed is not null)
            {
                _model.Layout!.FindNeighbors(embeddings, group, nearest.AsSpan(0, group.Length));
                _model.Layout.Place(nearest.AsSpan(0, group.Length), placed);
            }

            for (int i = 0; i < group.Length; i++)
            {
                answers[start + i] = Answer(
                    embeddings.Row(group[i]),
                    questions[start + i],
                    positions is null ? [] : positions.Row(group[i]),
                    placed is null ? default : new PlacedRow(nearest[i], placed.Row(i)));
            }
        }
    }

    private TopicAnswer Answer(ReadOnlySpan<float> embedding, TopicQuestion question, Span<float> position, PlacedRow placed)
    {
        NearRows near = NearRows.Unknown;
        TopicPrediction found = question.ByCentroid || _density is null
            ? _centroids.Predict(embedding, question.AllTopics)
            : _density.Predict(embedding, question.AllTopics, position, placed, out near);
        near = near.Nearest < 0 ? Near(embedding) : near;
        int known = question.AsNew ? -1 : Known(question, near);
        TopicAnswer answer = known >= 0
            ? new TopicAnswer(OfDocument(found, known), AnswerBasis.Document, IsKnown: true) { DocumentRow = known }
            : AsNew(found, question.ByCentroid || _density is null);
        answer = answer.Prediction.TopicId < 0 ? WithNearest(answer, embedding) : answer;
        return _model.State.Novelty is { } reference && !double.IsNaN(near.Distance)
            ? WithNovelty(answer, reference.ShareAtLeast(near.Distance))
            : answer;
    }

    private static TopicAnswer AsNew(TopicPrediction found, bool byCentroid) => new(
        found,
        (byCentroid, found.TopicId) switch
        {
            (true, _) => AnswerBasis.Centroid,
            (_, < 0) => AnswerBasis.Outlier,
            _ => AnswerBasis.Cluster,
        },
        IsKnown: false);

    private NearRows Near(ReadOnlySpan<float> embedding)
    {
        if (embedding.ContainsAnyExceptInRange(float.MinValue, float.MaxValue))
        {
            return NearRows.Unknown;
        }

        return _model.Layout is { } layout ? layout.Near(embedding)
            : _vectors is { } vectors ? NearRows.Of(vectors.Find(embedding), DistanceMetric.Cosine)
            : NearRows.Unknown;
    }

    /// <summary>
    /// Returns the row of the training document that the text equals; −1 for a new text. Without a text the embedding decides, so that the
    /// embedding of an answer gets the same answer.
    /// </summary>
    private int Known(TopicQuestion question, NearRows near)
    {
        int row = question.Text is { } text && _documents is not null ? _documents.Find(text) : -1;
        if (row >= 0 || !near.IsEqual)
        {
            return row;
        }

        int nearest = _model.State.Sample is { } sample ? sample.Rows[near.Nearest] : near.Nearest;
        return _documents?.Representative(nearest) ?? nearest;
    }

    private TopicPrediction OfDocument(TopicPrediction found, int row) =>
        found with { TopicId = _model.Assignments[row], Probability = _model.Assignments[row] < 0 ? 0 : _model.Strengths[row] };

    private TopicAnswer WithNearest(TopicAnswer answer, ReadOnlySpan<float> embedding)
    {
        (int topic, double similarity) = _centroids.NearestTopic(embedding);
        if (topic < 0)
        {
            return answer;
        }

        TopicAnswer named = answer with { NearestTopicId = topic, NearestSimilarity = similarity };
        return !answer.IsKnown && similarity >= _leastSimilarity
            ? named with
            {
                Prediction = answer.Prediction with { TopicId = topic, Probability = similarity },
                Basis = AnswerBasis.OutlierPolicy,
            }
            : named;
    }

    private TopicAnswer WithNovelty(TopicAnswer answer, double novelty) =>
        answer with { Novelty = novelty, IsNovel = novelty < _model.Options.NoveltyThreshold };
}
