using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;

namespace TopicGrpc.Client.Sdk.Tests.Fakes;

/// <summary>A server in memory behind a check of the header <c>authorization</c>. Other values end as UNAUTHENTICATED.</summary>
internal sealed class TokenGate(HttpMessageHandler server, params string[] accepted) : DelegatingHandler(server)
{
    private readonly ConcurrentQueue<string> _headers = new();
    private int _waiting;
    private TaskCompletionSource? _all;

    /// <summary>Headers of all requests, in the order of their arrival; "" for none.</summary>
    public IReadOnlyList<string> Headers => [.. _headers];

    /// <summary>Keeps the next rejected requests until so many have arrived.</summary>
    public void RejectTogether(int count)
    {
        _waiting = count;
        _all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string header = request.Headers.Authorization?.ToString() ?? "";
        _headers.Enqueue(header);
        if (accepted.Contains(header, StringComparer.Ordinal))
        {
            return await base.SendAsync(request, cancellationToken);
        }

        if (_all is { } all)
        {
            if (Interlocked.Decrement(ref _waiting) == 0)
            {
                all.SetResult();
            }

            await all.Task.WaitAsync(cancellationToken);
        }

        HttpResponseMessage response = new(HttpStatusCode.OK)
        {
            Version = HttpVersion.Version20,
            RequestMessage = request,
            Content = new ByteArrayContent([]) { Headers = { ContentType = new MediaTypeHeaderValue("application/grpc") } },
        };
        response.Headers.Add("grpc-status", "16");
        response.Headers.Add("grpc-message", "expired");
        return response;
    }
}
