using System.Diagnostics;
using Google.Protobuf;
using Grpc.Core;
using TopicGrpc.Server.Access;
using TopicGrpc.Server.Audit;
using TopicGrpc.Server.Errors;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Rpc;

/// <summary>Makes the lines of the audit log.</summary>
internal sealed class CallAudit(AuditLog log, MethodAccess methods, TimeProvider clock)
{
    private const int MaxResources = 32;

    private static readonly object RecordedKey = new();

    /// <summary>Returns whether calls of a method are recorded: it changes something, or exports it.</summary>
    public bool Records(string method) => methods.Of(method)?.Role > Role.Reader;

    /// <summary>Records the end of a call.</summary>
    /// <param name="context">The request.</param>
    /// <param name="method">Name of the method.</param>
    /// <param name="request">First message of the request; null: none came.</param>
    /// <param name="failure">Why the call failed; null: it succeeded.</param>
    public Task EndedAsync(HttpContext context, string method, IMessage? request, Exception? failure)
    {
        if (failure is ServiceException { IsRejection: true } rejection)
        {
            Rejected(context, method, request, rejection);
            return Task.CompletedTask;
        }

        return Records(method) ? log.ChangedAsync(Entry(context, method, request, failure)) : Task.CompletedTask;
    }

    /// <summary>Records the end of a request to a route that changes something. Its response may have been sent already.</summary>
    public Task RouteEndedAsync(HttpContext context)
    {
        bool isOk = context.Response.StatusCode < StatusCodes.Status400BadRequest && !context.RequestAborted.IsCancellationRequested;
        AuditEntry entry = Entry(context, context.Request.Path, request: null, failure: null);
        return log.ChangedAsync(isOk
            ? entry
            : entry with { Outcome = FormattableString.Invariant($"HTTP {context.Response.StatusCode}") });
    }

    /// <summary>Records a rejected request once, although several layers check it.</summary>
    public void Rejected(HttpContext context, string method, IMessage? request, ServiceException rejection)
    {
        if (context.Items.TryAdd(RecordedKey, RecordedKey))
        {
            log.Rejected(Entry(context, method, request, rejection) with { IsRejected = true });
        }
    }

    private AuditEntry Entry(HttpContext context, string method, IMessage? request, Exception? failure)
    {
        var fault = failure as ServiceException;
        return new AuditEntry(
            clock.GetUtcNow(),
            Caller.Of(context).Id,
            $"{context.Connection.RemoteIpAddress}:{context.Connection.RemotePort}",
            method,
            ResourcesOf(request),
            failure switch
            {
                null => StatusNames.Of(StatusCode.OK),
                ServiceException known => StatusNames.Of(known.Code),
                RpcException rpc => StatusNames.Of(rpc.StatusCode),
                OperationCanceledException => StatusNames.Of(StatusCode.Cancelled),
                _ => StatusNames.Of(StatusCode.Internal),
            },
            fault?.Reason,
            Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier);
    }

    private List<string> ResourcesOf(IMessage? request)
    {
        List<string> names = [];
        if (request is not null && methods.FieldsOf(request.Descriptor) is { } fields)
        {
            fields.Visit(request, reference =>
            {
                if (names.Count < MaxResources)
                {
                    names.Add($"{reference.Field.Name}={reference.Text}");
                }
            });
        }

        return names;
    }
}
