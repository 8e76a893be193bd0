using System.Globalization;
using Grpc.Core;
using TopicGrpc.Shared;

namespace TopicGrpc.Client.Balancing;

/// <summary>
/// Sees every attempt with the address of its server. Records which servers answer. Sends the highest generation of the routing table that
/// an answer had, so that a server that is behind catches up before it answers.
/// </summary>
/// <param name="health">Records of servers; null: the channel has one server.</param>
/// <param name="patience">Time after which a canceled attempt without an answer counts as a failure of its server; null: none.</param>
/// <param name="time">Clock.</param>
/// <param name="inner">Sends the request.</param>
internal sealed class MemberHandler(MemberHealth? health, TimeSpan? patience, TimeProvider time, HttpMessageHandler inner)
    : DelegatingHandler(inner)
{
    private const string StatusHeader = "grpc-status";

    private static readonly string Unavailable = ((int)StatusCode.Unavailable).ToString(CultureInfo.InvariantCulture);

    private long _generation;

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        long generation = Interlocked.Read(ref _generation);
        if (generation > 0)
        {
            request.Headers.TryAddWithoutValidation(HeaderNames.Generation, generation.ToString(CultureInfo.InvariantCulture));
        }

        long started = time.GetTimestamp();
        HttpResponseMessage response;
        try
        {
            response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (IsServersFault(failure, started))
        {
            health?.Failed(MemberEndpoint.Of(request.RequestUri!));
            throw;
        }

        Remember(response);
        Record(request.RequestUri!, response);
        return response;
    }

    // Polly and callers cancel an attempt in the same way: only the time shows that the server did not answer.
    private bool IsServersFault(Exception failure, long started) =>
        failure is HttpRequestException or IOException
            || (failure is OperationCanceledException && patience is { } limit && time.GetElapsedTime(started) >= limit);

    private void Record(Uri server, HttpResponseMessage response)
    {
        if (health is null)
        {
            return;
        }

        // A rejection before the first message has its status in the headers.
        if (response.Headers.TryGetValues(StatusHeader, out IEnumerable<string>? status) && status.Contains(Unavailable))
        {
            health.Failed(MemberEndpoint.Of(server));
        }
        else
        {
            health.Answered(MemberEndpoint.Of(server));
        }
    }

    private void Remember(HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues(HeaderNames.Generation, out IEnumerable<string>? values)
            || !long.TryParse(values.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out long generation))
        {
            return;
        }

        long seen = Interlocked.Read(ref _generation);
        while (generation > seen)
        {
            long before = Interlocked.CompareExchange(ref _generation, generation, seen);
            seen = before == seen ? generation : before;
        }
    }
}
