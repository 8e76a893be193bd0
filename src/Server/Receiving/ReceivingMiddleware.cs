using Microsoft.AspNetCore.Grpc.JsonTranscoding;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using TopicGrpc.Server.Errors;

namespace TopicGrpc.Server.Receiving;

/// <summary>Puts a <see cref="CallBody"/> around the body of every request and limits the number of running calls.</summary>
internal sealed class ReceivingMiddleware(
    RequestDelegate next,
    MethodRules rules,
    MessageCost cost,
    ReceiveBudget budget,
    CallMonitor monitor,
    IOptions<ReceivingOptions> options,
    TimeProvider clock)
{
    private int _calls;

    public async Task InvokeAsync(HttpContext context)
    {
        MethodRule rule = RuleOf(context);
        CallBody body = new(context.Request.BodyReader, rule, cost, budget, monitor, clock, context)
        {
            Decompress = rule.IsFramed ? Compression.Of(context.Request.Headers[Compression.Header]) : null,
        };
        context.Features.Set(body);
        context.Features.Set<IRequestBodyPipeFeature>(body);

        int calls = Interlocked.Increment(ref _calls);
        try
        {
            if (calls > options.Value.MaxCalls)
            {
                body.Fail(CallFault.CallsFull(options.Value.MaxCalls));
            }

            await next(context);
        }
        finally
        {
            Interlocked.Decrement(ref _calls);
            body.Close();
        }
    }

    private MethodRule RuleOf(HttpContext context)
    {
        EndpointMetadataCollection? metadata = context.GetEndpoint()?.Metadata;
        return metadata?.GetMetadata<MethodRule>()
            ?? (metadata?.GetMetadata<GrpcJsonTranscodingMetadata>() is { } json
                ? rules.OfJson(json.MethodDescriptor)
                : rules.Of(context.Request.Path.Value ?? string.Empty));
    }
}
