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
/// script replaces an earlier one. If a script throws an <see cref="Errors.TopicGrpcException"/>, the call fails with this exception.
/// </content>
public sealed partial class FakeTopicGrpc
{
    /// <summary>
    /// Answers every prediction of a text (unary, batch and stream) with a topic of a model in <see cref="Models"/>. If the model is
    /// unknown, the call fails as on a server.
    /// </summary>
    /// <param name="topic">
    /// Returns the topic id for a model and a text; −1 for an outlier. If it throws an <see cref="Errors.TopicGrpcException"/>, the text
    /// fails with this exception.
    /// </param>
    public void OnPredict(Func<ModelSelector, string, int> topic)
    {
        ArgumentNullException.ThrowIfNull(topic);
        _predictions.OfText = (model, text) => _predictions.Of(model, topic(model, text));
    }

    /// <summary>Answers every prediction of a text (unary, batch and stream). The model need not be in <see cref="Models"/>.</summary>
    /// <param name="prediction">
    /// Returns the prediction for a model and a text. If it throws an <see cref="Errors.TopicGrpcException"/>, the text fails with this
    /// exception.
    /// </param>
    public void OnPredict(Func<ModelSelector, string, Prediction> prediction)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        _predictions.OfText = prediction;
    }

    /// <summary>
    /// Answers predictions of embeddings with a topic of a model in <see cref="Models"/>. If the model is unknown, the call fails as on a
    /// server.
    /// </summary>
    /// <param name="topic">Returns the topic id for a model and an embedding; −1 for an outlier.</param>
    public void OnPredictEmbedding(Func<ModelSelector, ReadOnlyMemory<float>, int> topic)
    {
        ArgumentNullException.ThrowIfNull(topic);
        _predictions.OfEmbedding = (model, embedding) => _predictions.Of(model, topic(model, embedding));
    }

    /// <summary>Answers predictions of embeddings. The model need not be in <see cref="Models"/>.</summary>
    /// <param name="prediction">Returns the prediction for a model and an embedding.</param>
    public void OnPredictEmbedding(Func<ModelSelector, ReadOnlyMemory<float>, Prediction> prediction)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        _predictions.OfEmbedding = prediction;
    }

    /// <summary>Answers explanations. The model need not be in <see cref="Models"/>.</summary>
    /// <param name="explanation">Returns the explanation for a model, a text and the options of the request.</param>
    public void OnExplain(Func<ModelSelector, string, ExplainOptions, Explanation> explanation)
    {
        ArgumentNullException.ThrowIfNull(explanation);
        _predictions.Explanation = explanation;
    }

    /// <summary>Answers charts of the models in <see cref="Models"/>. If the model is unknown, the call fails as on a server.</summary>
    /// <param name="svg">Returns the SVG for a model, the kind of chart and the options of the request.</param>
    public void OnChart(Func<ModelSelector, ChartKind, ChartOptions, string> svg)
    {
        ArgumentNullException.ThrowIfNull(svg);
        _queries.Chart = svg;
    }

    /// <summary>Answers hierarchies. The model need not be in <see cref="Models"/>.</summary>
    /// <param name="hierarchy">Returns the hierarchy for a model.</param>
    public void OnHierarchy(Func<ModelSelector, TopicHierarchy> hierarchy)
    {
        ArgumentNullException.ThrowIfNull(hierarchy);
        _queries.Hierarchy = hierarchy;
    }

    /// <summary>Answers lists of layers. The model need not be in <see cref="Models"/>.</summary>
    /// <param name="layers">Returns the layers for a model.</param>
    public void OnLayers(Func<ModelSelector, TopicLayers> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        _queries.Layers = layers;
    }

    /// <summary>Answers lists of the topics of a layer. The model need not be in <see cref="Models"/>.</summary>
    /// <param name="topics">Returns the topics for a model and the name of a layer.</param>
    public void OnLayerTopics(Func<ModelSelector, string, LayerTopics> topics)
    {
        ArgumentNullException.ThrowIfNull(topics);
        _queries.LayerTopics = topics;
    }

    /// <summary>Answers topics over time. The model need not be in <see cref="Models"/>.</summary>
    /// <param name="topics">
    /// Returns the topics for a model and the options of the request. The script applies <see cref="TopicsOverTimeOptions.TopicIds"/>
    /// itself.
    /// </param>
    public void OnTopicsOverTime(Func<ModelSelector, TopicsOverTimeOptions, TopicsOverTime> topics)
    {
        ArgumentNullException.ThrowIfNull(topics);
        _queries.OverTime = topics;
    }

    /// <summary>Answers topics per class. The model need not be in <see cref="Models"/>.</summary>
    /// <param name="topics">
    /// Returns the topics for a model, the attribute and the options of the request. The script applies
    /// <see cref="TopicsPerClassOptions.TopicIds"/> itself.
    /// </param>
    public void OnTopicsPerClass(Func<ModelSelector, string, TopicsPerClassOptions, TopicsPerClass> topics)
    {
        ArgumentNullException.ThrowIfNull(topics);
        _queries.PerClass = topics;
    }

    /// <summary>
    /// Makes fits succeed immediately. Each fit adds a version to <see cref="Models"/>. The corpus must be in <see cref="Corpora"/>.
    /// </summary>
    /// <param name="topics">Returns the topics of a fit. If it throws an <see cref="Errors.TopicGrpcException"/>, the fit fails.</param>
    public void OnFit(Func<FitRequest, IEnumerable<TopicInfo>> topics)
    {
        ArgumentNullException.ThrowIfNull(topics);
        _fits.Topics = topics;
    }

    /// <summary>
    /// Answers searches for topics of the models in <see cref="Models"/>. If the model is unknown, the call fails as on a server.
    /// </summary>
    /// <param name="hits">
    /// Returns the topics for a model and a query, best first. The fake returns at most as many as the client requests.
    /// </param>
    public void OnSearch(Func<ModelSelector, string, IEnumerable<TopicHit>> hits)
    {
        ArgumentNullException.ThrowIfNull(hits);
        _queries.Search = hits;
    }

    /// <summary>Answers comparisons of versions in <see cref="Models"/>. If a version is unknown, the call fails as on a server.</summary>
    /// <param name="comparison">Returns the comparison of the older and the newer version. Both selectors have version numbers.</param>
    public void OnCompare(Func<ModelSelector, ModelSelector, VersionComparison> comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        _queries.Comparison = comparison;
    }

    /// <summary>Makes derivations succeed immediately. Each derivation adds a version to <see cref="Models"/>.</summary>
    /// <param name="topics">
    /// Returns the topics of the new version for its parent and the operation. If it throws an <see cref="Errors.TopicGrpcException"/>,
    /// the derivation fails.
    /// </param>
    public void OnDerive(Func<ModelSelector, VersionOperation, IEnumerable<TopicInfo>> topics)
    {
        ArgumentNullException.ThrowIfNull(topics);
        _derivations.Topics = topics;
    }

    /// <summary>
    /// Scripts the topics of imported versions. Without a script an imported version has no topics. The fake stores the files in any case;
    /// see <see cref="FakeModels.Files"/>.
    /// </summary>
    /// <param name="topics">Returns the topics for a model id and the bytes of the files by name.</param>
    public void OnImport(Func<string, IReadOnlyDictionary<string, ReadOnlyMemory<byte>>, IEnumerable<TopicInfo>> topics)
    {
        ArgumentNullException.ThrowIfNull(topics);
        _imports.Topics = topics;
    }
}
