using System.Collections.Concurrent;
using System.Text;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace TopicGrpc.Server.Tests.Telemetry;

/// <summary>Receives OTLP over HTTP in this process and keeps every body.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConcurrentQueue<(string Signal, byte[] Body)> _received = new();

    private OtlpReceiver(WebApplication application) => _application = application;

    public string Address =>
        _application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public static async Task<OtlpReceiver> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        OtlpReceiver receiver = new(builder.Build());
        receiver._application.MapPost("/v1/{signal}", receiver.ReceiveAsync);
        await receiver._application.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    /// <summary>Whether a signal was received.</summary>
    public bool Has(string signal) => _received.Any(item => item.Signal == signal);

    /// <summary>All bytes of a signal as text, with every byte as one character.</summary>
    public string Text(string signal) =>
        string.Concat(_received.Where(item => item.Signal == signal).Select(static item => Encoding.Latin1.GetString(item.Body)));

    /// <summary>The spans of a trace.</summary>
    public IReadOnlyList<ReceivedSpan> Spans(string traceId) =>
    [
        .. _received
            .Where(static item => item.Signal == "traces")
            .SelectMany(static item => Parts(item.Body, 1)) // resource spans
            .SelectMany(static resource => Parts(resource, 2)) // scope spans
            .SelectMany(static scope => Parts(scope, 2)) // spans
            .Select(static span => new ReceivedSpan(
                Hex(span, 1),
                Hex(span, 2),
                Hex(span, 4),
                Encoding.UTF8.GetString(Parts(span, 5).FirstOrDefault([]))))
            .Where(span => span.TraceId == traceId),
    ];

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private static string Hex(byte[] span, int field) => Convert.ToHexStringLower(Parts(span, field).FirstOrDefault([]));

    /// <summary>The values of a length-delimited field of a message.</summary>
    private static List<byte[]> Parts(byte[] message, int field)
    {
        List<byte[]> parts = [];
        using CodedInputStream input = new(message);
        while (input.ReadTag() is var tag and not 0)
        {
            if (WireFormat.GetTagFieldNumber(tag) == field && WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited)
            {
                parts.Add(input.ReadBytes().ToByteArray());
            }
            else
            {
                input.SkipLastField();
            }
        }

        return parts;
    }

    private async Task ReceiveAsync(HttpContext context)
    {
        using MemoryStream body = new();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        _received.Enqueue(((string)context.Request.RouteValues["signal"]!, body.ToArray()));
        context.Response.ContentType = "application/x-protobuf";
    }
}

/// <summary>A span as it arrived.</summary>
internal sealed record ReceivedSpan(string TraceId, string Id, string ParentId, string Name);
