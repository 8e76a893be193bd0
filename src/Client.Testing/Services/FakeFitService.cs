using Grpc.Core;
using TopicGrpc.Client.Calls;
using TopicGrpc.Client.Testing.Scripts;
using TopicGrpc.Client.Testing.State;
using TopicGrpc.Shared.Content;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Testing.Services;

/// <summary>Starts fits, which end immediately, and returns them.</summary>
internal sealed class FakeFitService(
    FitScript script, AssignmentScript assignments, FitBook fits, FakeCorpora corpora) : Wire.FitService.FitServiceBase
{
    public override Task<Wire.StartFitResponse> StartFit(Wire.StartFitRequest request, ServerCallContext context) =>
        Task.FromResult(new Wire.StartFitResponse { Fit = Summary.Of(script.Start(request)) });

    // A fit of the fake takes neither time nor memory.
    public override Task<Wire.EstimateFitResponse> EstimateFit(Wire.EstimateFitRequest request, ServerCallContext context) =>
        Task.FromResult(new Wire.EstimateFitResponse
        {
            Estimate = new Wire.FitEstimate
            {
                DocumentCount = corpora.Get(WireNames.Id(request.Corpus)).DocumentCount,
                Duration = new Google.Protobuf.WellKnownTypes.Duration(),
                MemoryLimitBytes = long.MaxValue,
            },
        });

    public override Task<Wire.AssignCorpusResponse> AssignCorpus(Wire.AssignCorpusRequest request, ServerCallContext context) =>
        Task.FromResult(new Wire.AssignCorpusResponse { Fit = Summary.Of(assignments.Start(request)) });

    public override Task<Wire.GetFitResponse> GetFit(Wire.GetFitRequest request, ServerCallContext context)
    {
        MessagePage<Wire.Fit> page = MessagePages.Cut(fits.Get(request.Name).Clone(), request.PageToken);
        return Task.FromResult(
            new Wire.GetFitResponse { Fit = page.Message, OmittedLists = { page.OmittedLists }, NextPageToken = page.NextToken });
    }

    public override Task<Wire.ListFitsResponse> ListFits(Wire.ListFitsRequest request, ServerCallContext context) =>
        Task.FromResult(new Wire.ListFitsResponse { Fits = { fits.All(request.Model).Select(Summary.Of) } });

    // All fits of the fake have ended, and a cancellation does not change an ended fit.
    public override Task<Wire.CancelFitResponse> CancelFit(Wire.CancelFitRequest request, ServerCallContext context) =>
        Task.FromResult(new Wire.CancelFitResponse { Fit = Summary.Of(fits.Get(request.Name)) });

    public override async Task WatchFit(
        Wire.WatchFitRequest request, IServerStreamWriter<Wire.WatchFitResponse> responseStream, ServerCallContext context)
    {
        Wire.Fit fit = Summary.Of(fits.Get(request.Name));
        if (request.AfterSequence < 1)
        {
            await responseStream.WriteAsync(
                new Wire.WatchFitResponse { Sequence = 1, Fit = fit }, context.CancellationToken).ConfigureAwait(false);
        }
    }
}
