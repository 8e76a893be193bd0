using TopicGrpc.Client.Fits;
using TopicGrpc.Client.Models;
using TopicGrpc.Client.Operations;
using TopicGrpc.Client.Predictions;
using TopicGrpc.Client.Selectors;
using TopicGrpc.Client.Testing.State;
using TopicGrpc.Client.Topics;

namespace TopicGrpc.Client.Testing;

/// <content>
/// Scripts of everything that a server computes. A script gets the selector of the request; a traffic policy adds the version. A later
/// script
/// replaces an earlier one. The fake answers with an <see cref="Errors.TopicGrpcException"/> that a script throws.
/// </content>
public sealed partial class FakeTopicGrpc
{
    /// <summary>
    /// Answers every prediction of a text (unary, batch and stream) with a topic of a model in <see cref="Models"/>; an unknown model fails
    /// as it does on a server.
    /// </summary>
    /// <param name="topic">
    /// Id of the topic for a model and a text, −1 for an outlier. An <see cref="Errors.TopicGrpcException"/> that it throws is the answer
    /// for the text.
    /// </param>
    public void OnPredict(Func<ModelSelector, string, int> topic)
    {
        ArgumentNullException.ThrowIfNull(topic);
        _predictions.OfText = (model, text) => _predictions.Of(model, topic(model, text));
    }

    /// <summary>Answers every prediction of a text (unary, batch and stream); the model need not be in <see cref="Models"/>.</summary>
    /// <param name="prediction">
    /// The prediction for a model and a text. An <see cref="Errors.TopicGrpcException"/> that it throws is the answer for the text.
    /// </param>
    public void OnPredict(Func<ModelSelector, string, Prediction> prediction)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        _predictions.OfText = prediction;
    }

    /// <summary>
    /// Answers predictions of embeddings with a topic of a model in <see cref="Models"/>; an unknown model fails as it does on a server.
    /// </summary>
    /// <param name="topic">Id of the topic for a model and an embedding, −1 for an outlier.</param>
    public void OnPredictEmbedding(Func<ModelSelector, ReadOnlyMemory<float>, int> topic)
    {
        ArgumentNullException.ThrowIfNull(topic);
        _predictions.OfEmbedding = (model, embedding) => _predictions.Of(model, topic(model, embedding));
    }

    /// <summary>Answers predictions of embeddings; the model need not be in <see cref="Models"/>.</summary>
    /// <param name="prediction">The prediction for a model and an embedding.</param>
    public void OnPredictEmbedding(Func<ModelSelector, ReadOnlyMemory<float>, Prediction> prediction)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        _predictions.OfEmbedding = prediction;
    }

    /// <summary>Answers explanations; the model need not be in <see cref="Models"/>.</summary>
    /// <param name="explanation">The explanation for a model, a text and what the client asks for.</param>
    public void OnExplain(Func<ModelSelector, string, ExplainOptions, Explanation> explanation)
    {
        ArgumentNullException.ThrowIfNull(explanation);
        _predictions.Explanation = explanation;
    }

    /// <summary>Answers charts of the models in <see cref="Models"/>; an unknown model fails as it does on a server.</summary>
    /// <param name="svg">The SVG for a model, what to draw and how.</param>
    public void OnChart(Func<ModelSelector, ChartKind, ChartOptions, string> svg)
    {
        ArgumentNullException.ThrowIfNull(svg);
        _queries.Chart = svg;
    }

    /// <summary>Answers hierarchies; the model need not be in <see cref="Models"/>.</summary>
    /// <param name="hierarchy">The hierarchy for a model.</param>
    public void OnHierarchy(Func<ModelSelector, TopicHierarchy> hierarchy)
    {
        ArgumentNullException.ThrowIfNull(hierarchy);
        _queries.Hierarchy = hierarchy;
    }

    /// <summary>Answers topics over time; the model need not be in <see cref="Models"/>.</summary>
    /// <param name="topics">
    /// The topics for a model and what the client asks for. The script applies <see cref="TopicsOverTimeOptions.TopicIds"/> itself.
    /// </param>
    public void OnTopicsOverTime(Func<ModelSelector, TopicsOverTimeOptions, TopicsOverTime> topics)
    {
        ArgumentNullException.ThrowIfNull(topics);
        _queries.OverTime = topics;
    }

    /// <summary>Answers topics per class; the model need not be in <see cref="Models"/>.</summary>
    /// <param name="topics">
    /// The topics for a model, the attribute and what the client asks for. The script applies <see cref="TopicsPerClassOptions.TopicIds"/>
    /// itself.
    /// </param>
    public void OnTopicsPerClass(Func<ModelSelector, string, TopicsPerClassOptions, TopicsPerClass> topics)
    {
        ArgumentNullException.ThrowIfNull(topics);
        _queries.PerClass = topics;
    }

    /// <summary>
    /// Makes fits succeed immediately: each adds a version in <see cref="Models"/>. The corpus must be in <see cref="Corpora"/>.
    /// </summary>
    /// <param name="topics">Topics of a fit. An <see cref="Errors.TopicGrpcException"/> that it throws fails the fit.</param>
    public void OnFit(Func<FitRequest, IEnumerable<TopicInfo>> topics)
    {
        ArgumentNullException.ThrowIfNull(topics);
        _fits.Topics = topics;
    }

    /// <summary>Answers searches for topics of the models in <see cref="Models"/>; an unknown model fails as it does on a server.</summary>
    /// <param name="hits">Topics for a model and a query, best first; the fake returns at most as many as the client requests.</param>
    public void OnSearch(Func<ModelSelector, string, IEnumerable<TopicHit>> hits)
    {
        ArgumentNullException.ThrowIfNull(hits);
        _queries.Search = hits;
    }

    /// <summary>Answers comparisons of versions in <see cref="Models"/>; an unknown version fails as it does on a server.</summary>
    /// <param name="comparison">The comparison of the older and the newer version, both with their numbers.</param>
    public void OnCompare(Func<ModelSelector, ModelSelector, VersionComparison> comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        _queries.Comparison = comparison;
    }

    /// <summary>Makes derivations succeed immediately: each adds a version in <see cref="Models"/>.</summary>
    /// <param name="topics">
    /// Topics of the new version for its parent and the operation. An <see cref="Errors.TopicGrpcException"/> that it throws fails the
    /// derivation.
    /// </param>
    public void OnDerive(Func<ModelSelector, VersionOperation, IEnumerable<TopicInfo>> topics)
    {
        ArgumentNullException.ThrowIfNull(topics);
        _derivations.Topics = topics;
    }

    /// <summary>
    /// Scripts the topics of imported versions; without a script they have none. The fake always keeps the files, see
    /// <see cref="FakeModels.Files"/>.
    /// </summary>
    /// <param name="topics">Topics for the id of the model and the bytes of the files by name.</param>
    public void OnImport(Func<string, IReadOnlyDictionary<string, ReadOnlyMemory<byte>>, IEnumerable<TopicInfo>> topics)
    {
        ArgumentNullException.ThrowIfNull(topics);
        _imports.Topics = topics;
    }
}
