using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace TopicGrpc.Server.Tests.Rpc;

/// <summary>A call as an interceptor sees it, without a connection.</summary>
internal sealed class FakeCall : ServerCallContext
{
    private readonly ResponseState _response = new();

    public FakeCall(string method = "/topicgrpc.v1.ModelService/GetModel", params (string Key, string Value)[] headers)
    {
        MethodCore = method;
        foreach ((string key, string value) in headers)
        {
            RequestHeadersCore.Add(key, value);
        }

        DefaultHttpContext http = new();
        http.Features.Set<IHttpResponseFeature>(_response);
        Response = http.Response;

        // The key under which Grpc.AspNetCore keeps the context of the request.
        UserStateCore = new Dictionary<object, object> { ["__HttpContext"] = http };
    }

    public HttpResponse Response { get; }

    /// <summary>Whether bytes of the answer have been sent.</summary>
    public bool HasAnswered
    {
        get => _response.HasStarted;
        set => _response.Started = value;
    }

    protected override string MethodCore { get; }

    protected override string HostCore => "localhost";

    protected override string PeerCore => "ipv4:127.0.0.1:1";

    protected override DateTime DeadlineCore => DateTime.MaxValue;

    protected override Metadata RequestHeadersCore { get; } = [];

    protected override CancellationToken CancellationTokenCore => TestContext.Current.CancellationToken;

    protected override Metadata ResponseTrailersCore { get; } = [];

    protected override Status StatusCore { get; set; }

    protected override WriteOptions? WriteOptionsCore { get; set; }

    protected override AuthContext AuthContextCore => new(null, []);

    protected override IDictionary<object, object> UserStateCore { get; }

    protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders) => Task.CompletedTask;

    protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) =>
        throw new NotSupportedException();

    private sealed class ResponseState : HttpResponseFeature
    {
        public bool Started { get; set; }

        public override bool HasStarted => Started;
    }
}
