using System.Globalization;
using Grpc.Core;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Server.Corpora;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Mapping;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Rpc;

/// <summary>The contract's <c>FitService</c>.</summary>
internal sealed class FitRpc(FitStore fits, CorpusStore corpora, IHostApplicationLifetime lifetime) : FitService.FitServiceBase
{
    /// <inheritdoc/>
    public override Task<StartFitResponse> StartFit(StartFitRequest request, ServerCallContext context)
    {
        ResourceNames.ParseModel(request.Model, "model");
        string corpusId = ResourceNames.ParseCorpus(request.Corpus, "corpus");
        RequestIds.Check(request.RequestId);
        AssignedLabels.Check(request.AssignLabels);
        FitSettings given = request.Settings ?? new FitSettings { Preset = FitSettings.Types.Preset.Auto };
        TopicModelOptions settings = FitSettingsMapping.FromProto(given);
        DocumentCount.Check(request.Corpus, corpora.Get(corpusId).Corpus.Size.Documents, given, settings);
        Fit draft = new() { Model = request.Model, Corpus = request.Corpus, Settings = given, AssignLabels = { request.AssignLabels } };
        return Task.FromResult(new StartFitResponse { Fit = fits.Start(draft, request.RequestId, request) });
    }

    /// <inheritdoc/>
    public override Task<GetFitResponse> GetFit(GetFitRequest request, ServerCallContext context) =>
        Task.FromResult(new GetFitResponse { Fit = fits.Get(ResourceNames.ParseFit(request.Name, "name")) });

    /// <inheritdoc/>
    public override Task<ListFitsResponse> ListFits(ListFitsRequest request, ServerCallContext context)
    {
        int size = Paging.Size(request.PageSize);
        string key = Paging.Key(request.PageToken);
        long before = key.Length == 0 ? long.MaxValue : long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out long ordinal) ? ordinal : throw Paging.Malformed();
        string model = request.Model.Length == 0 ? string.Empty : ResourceNames.ParseModel(request.Model, "model");
        IReadOnlyList<(long Ordinal, Fit Fit)> rows = fits.List(before, size + 1, model);
        ListFitsResponse response = new();
        int next = BoundedPage.Take(rows, 0, size, static row => row.Fit, response.Fits);
        response.NextPageToken = next < rows.Count ? Paging.Token(rows[next - 1].Ordinal.ToString(CultureInfo.InvariantCulture)) : string.Empty;
        return Task.FromResult(response);
    }

    /// <inheritdoc/>
    public override Task<CancelFitResponse> CancelFit(CancelFitRequest request, ServerCallContext context) =>
        Task.FromResult(new CancelFitResponse { Fit = fits.Cancel(ResourceNames.ParseFit(request.Name, "name")) });

    /// <inheritdoc/>
    public override async Task WatchFit(WatchFitRequest request, IServerStreamWriter<WatchFitResponse> responseStream, ServerCallContext context)
    {
        if (request.AfterSequence < 0)
        {
            throw Fault.InvalidField("after_sequence", "must be 0 or more");
        }

        string id = ResourceNames.ParseFit(request.Name, "name");
        if (fits.FindLive(id) is not { } job)
        {
            WatchFitResponse last = fits.LastEvent(id);
            if (last.Sequence > request.AfterSequence)
            {
                await responseStream.WriteAsync(last, context.CancellationToken);
            }

            return;
        }

        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        long seen = request.AfterSequence;
        while (true)
        {
            (IReadOnlyList<WatchFitResponse> events, Task changed) = job.EventsAfter(seen);
            foreach (WatchFitResponse item in events)
            {
                await responseStream.WriteAsync(item, context.CancellationToken);
                seen = item.Sequence;
                if (FitJob.HasEnded(item.Fit))
                {
                    return;
                }
            }

            await WaitAsync(changed, waiting.Token, context.CancellationToken);
        }
    }

    private static async Task WaitAsync(Task changed, CancellationToken waiting, CancellationToken callCancelled)
    {
        try
        {
            await changed.WaitAsync(waiting);
        }
        catch (OperationCanceledException) when (!callCancelled.IsCancellationRequested)
        {
            throw Fault.Draining();
        }
    }
}
