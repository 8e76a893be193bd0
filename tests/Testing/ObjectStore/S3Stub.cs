using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace TopicGrpc.Testing.ObjectStore;

/// <summary>
/// The calls of the S3 protocol that the cluster uses, in memory and over HTTP, with faults. It checks the access key id and the hash of
/// each body, not the signature; the test against OpenStack Swift does that.
/// </summary>
public sealed class S3Stub : IAsyncDisposable
{
    /// <summary>The one bucket.</summary>
    public const string Bucket = "bucket";

    /// <summary>The access key id that the store accepts.</summary>
    public const string KeyId = "id";

    private readonly WebApplication _host;
    private readonly SortedDictionary<string, byte[]> _objects = new(StringComparer.Ordinal);
    private readonly Dictionary<string, S3StubUpload> _uploads = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<(string Method, S3Fault Fault)> _faults = new();
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _rejected = new(0);
    private int _nextUpload;
    private bool _isAway;
    private bool _cuts;
    private long _delay;

    private S3Stub(WebApplication host) => _host = host;

    /// <summary>Whether the store answers every request with 503.</summary>
    public bool IsAway
    {
        get => Volatile.Read(ref _isAway);
        set => Volatile.Write(ref _isAway, value);
    }

    /// <summary>Whether the store closes the connection of every request before its answer, or in the middle of the content.</summary>
    public bool Cuts
    {
        get => Volatile.Read(ref _cuts);
        set => Volatile.Write(ref _cuts, value);
    }

    /// <summary>Time that every answer takes.</summary>
    public TimeSpan Delay
    {
        get => new(Interlocked.Read(ref _delay));
        set => Interlocked.Exchange(ref _delay, value.Ticks);
    }

    /// <summary>Address of the store.</summary>
    public Uri Address => new(_host.Urls.Single());

    /// <summary>Faults that no request has met yet.</summary>
    public int FaultsLeft => _faults.Count;

    /// <summary>Requests that were received.</summary>
    public int Requests { get; private set; }

    /// <summary>Starts a store without objects on a free port of loopback.</summary>
    public static async Task<S3Stub> StartAsync(CancellationToken cancellationToken)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication host = builder.Build();
        S3Stub stub = new(host);
        host.Run(stub.AnswerAsync);
        await host.StartAsync(cancellationToken);
        return stub;
    }

    /// <summary>Fails the next requests of a method, once for each fault.</summary>
    public void Fail(string method, params S3Fault[] faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        foreach (S3Fault fault in faults)
        {
            _faults.Enqueue((method, fault));
        }
    }

    /// <summary>Completes when the store has rejected requests because it is away.</summary>
    /// <exception cref="TimeoutException">There were fewer requests.</exception>
    public async Task RejectedAsync(int requests, TimeSpan patience, CancellationToken cancellationToken)
    {
        for (int request = 0; request < requests; request++)
        {
            if (!await _rejected.WaitAsync(patience, cancellationToken))
            {
                throw new TimeoutException($"The store has rejected {request} of {requests} requests after {patience}.");
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _rejected.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        S3Fault? fault = null;
        lock (_gate)
        {
            Requests++;
            if (_faults.TryPeek(out (string Method, S3Fault Fault) next) && next.Method == context.Request.Method)
            {
                _faults.TryDequeue(out _);
                fault = next.Fault;
            }
        }

        using MemoryStream body = new();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        if (IsAway)
        {
            fault = S3Fault.Unavailable;
            _rejected.Release();
        }
        else if (Cuts)
        {
            fault = S3Fault.Cut;
        }

        await Task.Delay(Delay, context.RequestAborted);

        S3Answer answer = fault switch
        {
            S3Fault.Reject => S3Answer.Error(403, "AccessDenied"),
            S3Fault.Unavailable => S3Answer.Error(503, "SlowDown"),
            _ => Serve(context.Request, Altered(body.ToArray(), fault == S3Fault.Alter && body.Length > 0)),
        };
        switch (fault)
        {
            case S3Fault.Hang:
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
                break;
            case S3Fault.FailAfterStoring:
                answer = S3Answer.Error(500, "InternalError");
                break;
            case S3Fault.Cut:
                await CutAsync(context, answer);
                return;
            case S3Fault.Alter when body.Length == 0:
                answer = answer with { Content = Altered(answer.Content, answer.Content.Length > 0) };
                break;
        }

        await WriteAsync(context, answer);
    }

    private static async Task CutAsync(HttpContext context, S3Answer answer)
    {
        if (answer.Content.Length > 1)
        {
            context.Response.StatusCode = answer.Status;
            context.Response.ContentLength = answer.Content.Length;
            await context.Response.Body.WriteAsync(answer.Content.AsMemory(0, answer.Content.Length / 2), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }

        context.Abort();
    }

    private static async Task WriteAsync(HttpContext context, S3Answer answer)
    {
        context.Response.StatusCode = answer.Status;
        context.Response.ContentLength = answer.Length ?? answer.Content.Length;
        if (answer.ETag is { } etag)
        {
            context.Response.Headers.ETag = etag;
        }

        if (context.Request.Method != "HEAD" && answer.Status != 204)
        {
            await context.Response.Body.WriteAsync(answer.Content, context.RequestAborted);
        }
    }

    private static byte[] Altered(byte[] bytes, bool isWanted)
    {
        if (!isWanted)
        {
            return bytes;
        }

        byte[] altered = [.. bytes];
        altered[altered.Length / 2] ^= 1;
        return altered;
    }

    private S3Answer Serve(HttpRequest request, byte[] body)
    {
        string path = request.Path.Value!.TrimStart('/');
        int slash = path.IndexOf('/', StringComparison.Ordinal);
        string bucket = slash < 0 ? path : path[..slash];
        string key = slash < 0 ? "" : path[(slash + 1)..];
        if (!request.Headers.Authorization.ToString().Contains($"Credential={KeyId}/", StringComparison.Ordinal))
        {
            return S3Answer.Error(403, "InvalidAccessKeyId");
        }

        if (bucket != Bucket)
        {
            return S3Answer.Error(404, "NoSuchBucket");
        }

        lock (_gate)
        {
            string? upload = request.Query["uploadId"];
            return request.Method switch
            {
                "PUT" when upload is not null =>
                    PutPart(upload, int.Parse(request.Query["partNumber"]!, CultureInfo.InvariantCulture), body),
                "PUT" => Put(key, body),
                "POST" when upload is not null => Complete(key, upload),
                "POST" => Begin(key),
                "DELETE" when upload is not null => _uploads.Remove(upload) ? S3Answer.NoContent : S3Answer.Error(404, "NoSuchUpload"),
                "DELETE" => Delete(key),
                "GET" when request.Query.ContainsKey("uploads") => S3Answer.Uploads(_uploads, request.Query["prefix"].ToString()),
                "GET" when key.Length == 0 => S3Answer.List(_objects, request.Query),
                "GET" or "HEAD" => Get(key, request),
                _ => S3Answer.Error(405, "MethodNotAllowed"),
            };
        }
    }

    private S3Answer Put(string key, byte[] body)
    {
        _objects[key] = body;
        return S3Answer.Stored(body);
    }

    private S3Answer Begin(string key)
    {
        string id = FormattableString.Invariant($"upload-{_nextUpload++}");
        _uploads[id] = new S3StubUpload(key, []);
        return S3Answer.Begun(Bucket, key, id);
    }

    private S3Answer PutPart(string upload, int number, byte[] body)
    {
        if (!_uploads.TryGetValue(upload, out S3StubUpload? begun))
        {
            return S3Answer.Error(404, "NoSuchUpload");
        }

        begun.Parts[number] = body;
        return S3Answer.Stored(body);
    }

    private S3Answer Complete(string key, string upload)
    {
        if (!_uploads.Remove(upload, out S3StubUpload? begun))
        {
            return S3Answer.Error(404, "NoSuchUpload");
        }

        byte[] whole = [.. begun.Parts.OrderBy(static part => part.Key).SelectMany(static part => part.Value)];
        _objects[key] = whole;
        return S3Answer.Completed(Bucket, key, Convert.ToHexStringLower(SHA256.HashData(whole)));
    }

    private S3Answer Delete(string key)
    {
        _objects.Remove(key);
        return S3Answer.NoContent;
    }

    private S3Answer Get(string key, HttpRequest request)
    {
        if (!_objects.TryGetValue(key, out byte[]? bytes))
        {
            return S3Answer.Error(404, "NoSuchKey");
        }

        if (request.GetTypedHeaders().Range?.Ranges.Single() is not { } range)
        {
            return request.Method == "HEAD"
                ? S3Answer.Ok([]) with { Length = bytes.Length }
                : S3Answer.Ok(bytes);
        }

        int end = (int)Math.Min(range.To!.Value + 1, bytes.Length);
        return range.From >= bytes.Length
            ? S3Answer.Error(416, "InvalidRange")
            : S3Answer.Ok(bytes[(int)range.From!.Value..end]) with { Status = 206 };
    }
}
