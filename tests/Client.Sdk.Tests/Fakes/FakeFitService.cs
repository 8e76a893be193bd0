using Grpc.Core;
using TopicGrpc.V1;

namespace TopicGrpc.Client.Sdk.Tests.Fakes;

/// <summary>Plays the events of one fit; can break off every few events and forget old ones.</summary>
internal sealed class FakeFitService : FitService.FitServiceBase
{
    /// <summary>Events of the fit, with their sequence from 1.</summary>
    public List<Fit> Events { get; } = [];

    /// <summary>Events sent before a connection breaks; 0: it never does.</summary>
    public int BreakAfter { get; init; }

    /// <summary>Sequence of the oldest event kept.</summary>
    public long FirstKept { get; set; } = 1;

    /// <summary>What the watches asked for.</summary>
    public List<long> WatchedAfter { get; } = [];

    /// <summary>What was asked to start.</summary>
    public List<StartFitRequest> Started { get; } = [];

    public override Task<StartFitResponse> StartFit(StartFitRequest request, ServerCallContext context)
    {
        Started.Add(request);
        return Task.FromResult(new StartFitResponse
        {
            Fit = new Fit { Name = "fits/one", Model = request.Model, Corpus = request.Corpus, State = Fit.Types.State.Queued },
        });
    }

    public override Task<GetFitResponse> GetFit(GetFitRequest request, ServerCallContext context) => request.Name == "fits/one"
        ? Task.FromResult(new GetFitResponse { Fit = Events[^1] })
        : throw Refusals.Make(StatusCode.NotFound, "FIT_NOT_FOUND");

    public override async Task WatchFit(
        WatchFitRequest request,
        IServerStreamWriter<WatchFitResponse> responseStream,
        ServerCallContext context)
    {
        WatchedAfter.Add(request.AfterSequence);
        if (request.AfterSequence > 0 && request.AfterSequence + 1 < FirstKept)
        {
            throw Refusals.Make(StatusCode.OutOfRange, "EVENT_GONE");
        }

        int sent = 0;
        for (long sequence = Math.Max(FirstKept, request.AfterSequence + 1); sequence <= Events.Count; sequence++)
        {
            await responseStream.WriteAsync(
                new WatchFitResponse { Sequence = sequence, Fit = Events[(int)sequence - 1] }, context.CancellationToken);
            if (++sent == BreakAfter && sequence < Events.Count)
            {
                throw Refusals.Make(StatusCode.Unavailable, "SERVER_DRAINING");
            }
        }
    }
}
