namespace TopicGrpc.Client.Calls;

/// <summary>Adds the credentials to every request.</summary>
internal sealed class CredentialsHandler(CallerCredentials credentials, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (await credentials.HeaderAsync(cancellationToken).ConfigureAwait(false) is { } header)
        {
            request.Headers.TryAddWithoutValidation("authorization", header);
        }

        return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }
}
