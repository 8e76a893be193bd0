using TopicGrpc.Client.Corpora;
using TopicGrpc.Client.Fits;
using TopicGrpc.Client.Predictions;
using TopicGrpc.Client.Selectors;
using TopicGrpc.Client.Topics;

namespace TopicGrpc.Client;

/// <content>Shortcuts for the most frequent calls.</content>
public partial class TopicGrpcClient
{
    /// <summary>
    /// Streams documents into a corpus, creates it if needed, and returns when all documents are stored; see
    /// <see cref="CorporaClient.IngestAsync"/>.
    /// </summary>
    /// <param name="corpus">Id of the corpus.</param>
    /// <param name="documents">Documents; read once, no faster than the server accepts them.</param>
    /// <param name="progress">Receives the progress at every acknowledgment.</param>
    /// <param name="cancellationToken">Stops the stream; acknowledged documents remain stored.</param>
    /// <returns>The result.</returns>
    /// <exception cref="IngestRejectedException">Documents were rejected; all others are stored.</exception>
    public virtual async Task<IngestResult> IngestAsync(
        string corpus, IAsyncEnumerable<TopicDocument> documents, IProgress<IngestProgress>? progress =
            null, CancellationToken cancellationToken = default)
    {
        await Corpora.CreateAsync(corpus, new CreateCorpusOptions { AllowExisting = true }, cancellationToken).ConfigureAwait(false);
        return await Corpora.IngestAsync(corpus, documents, options: null, progress, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Starts a fit and waits until it ends.</summary>
    /// <param name="request">Model, corpus and settings.</param>
    /// <param name="progress">Receives the progress at every event.</param>
    /// <param name="cancellationToken">Stops the wait, not the fit.</param>
    /// <returns>The new version and the report.</returns>
    /// <exception cref="FitFailedException">The fit ended without a version.</exception>
    public virtual async Task<FitResult> FitAsync(
        FitRequest request, IProgress<FitProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        FitHandle fit = await Fits.StartAsync(request, cancellationToken).ConfigureAwait(false);
        return await fit.WaitAsync(progress, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Predicts the topic of one text; see <see cref="PredictionsClient.PredictAsync"/>.</summary>
    /// <param name="model">Model, optionally with a version or a label: <c>news</c>, <c>news@7</c>, <c>news@stable</c>.</param>
    /// <param name="text">Text.</param>
    /// <param name="options">Optional extras to return; null for none.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The prediction.</returns>
    public virtual Task<Prediction> PredictAsync(
        ModelSelector model, string text, PredictOptions? options = null, CancellationToken cancellationToken = default) =>
        Predictions.PredictAsync(model, text, options, cancellationToken);

    /// <summary>Predicts the topics of several texts by one version; see <see cref="PredictionsClient.BatchPredictAsync"/>.</summary>
    /// <param name="model">Model, optionally <c>model@version</c> or <c>model@label</c>.</param>
    /// <param name="texts">Texts.</param>
    /// <param name="options">Optional extras to return; null for none.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>One outcome per text, in order.</returns>
    public virtual Task<IReadOnlyList<PredictionOutcome>> BatchPredictAsync(
        ModelSelector model, IReadOnlyList<string> texts, PredictOptions? options = null, CancellationToken cancellationToken = default) =>
        Predictions.BatchPredictAsync(model, texts, options, cancellationToken);

    /// <summary>Returns all topics of one version; see <see cref="TopicsClient.ListAsync"/>.</summary>
    /// <param name="model">Model, optionally <c>model@version</c> or <c>model@label</c>.</param>
    /// <param name="options">Options; null for everything.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The topics.</returns>
    public virtual Task<TopicList> ListTopicsAsync(
        ModelSelector model, ListTopicsOptions? options = null, CancellationToken cancellationToken = default) =>
        Topics.ListAsync(model, options, cancellationToken);

    /// <summary>Renders a chart; see <see cref="TopicsClient.RenderChartAsync"/>.</summary>
    /// <param name="model">Model, optionally <c>model@version</c> or <c>model@label</c>.</param>
    /// <param name="kind">Kind of the chart.</param>
    /// <param name="options">Options; null for the server's defaults.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The chart.</returns>
    public virtual Task<Chart> RenderChartAsync(
        ModelSelector model, ChartKind kind, ChartOptions? options = null, CancellationToken cancellationToken = default) =>
        Topics.RenderChartAsync(model, kind, options, cancellationToken);
}
