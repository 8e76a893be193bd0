using System.Text.Json;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using TopicGrpc.Explorer.Hosting;

namespace TopicGrpc.Explorer.SignIn;

/// <summary>
/// The token of one session. The client asks for it once, and again each time the server rejects it; then the refresh token is exchanged
/// for a new one (RFC 6749, section 6). The client asks one at a time.
/// </summary>
/// <param name="provider">The identity provider.</param>
/// <param name="kind">Which token is the credential.</param>
/// <param name="token">Token of the sign-in.</param>
/// <param name="refreshToken">Refresh token of the sign-in; null: the session ends with its token.</param>
/// <param name="logger">Reports failed exchanges.</param>
internal sealed class SessionToken(
    OpenIdConnectOptions provider, OidcToken kind, string token, string? refreshToken, ILogger<SessionToken> logger)
{
    private string _token = token;
    private string? _refreshToken = refreshToken;
    private bool _isIssued;

    /// <summary>
    /// Returns the token; at the second and each further call a new one. If there is no new one, the server rejects the returned token
    /// again, and the visitor has to sign in.
    /// </summary>
    public async ValueTask<string> GetAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_isIssued && _refreshToken is { } refresh)
        {
            await RefreshAsync(refresh);
        }

        _isIssued = true;
        return _token;
    }

    // Not canceled with the call: providers accept a refresh token once, so an unread answer would end the session. The timeout
    // of the back channel bounds the exchange.
    private async Task RefreshAsync(string refresh)
    {
        try
        {
            OpenIdConnectConfiguration configuration = await provider.ConfigurationManager!.GetConfigurationAsync(CancellationToken.None);
            using FormUrlEncodedContent form = new(Form(refresh));
            using HttpResponseMessage response = await provider.Backchannel.PostAsync(new Uri(configuration.TokenEndpoint), form);
            if (!response.IsSuccessStatusCode)
            {
                Log.TokenNotRefreshed(logger, $"The token endpoint answered {(int)response.StatusCode}.");
                _refreshToken = (int)response.StatusCode < 500 ? null : _refreshToken;
                return;
            }

            OpenIdConnectMessage answer = new(await response.Content.ReadAsStringAsync());
            string? issued = kind == OidcToken.Id ? answer.IdToken : answer.AccessToken;
            _token = string.IsNullOrEmpty(issued) ? _token : issued;
            _refreshToken = string.IsNullOrEmpty(answer.RefreshToken) ? _refreshToken : answer.RefreshToken;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or InvalidOperationException
            or JsonException or ArgumentException or UriFormatException)
        {
            Log.TokenNotRefreshed(logger, exception.Message);
        }
    }

    private Dictionary<string, string> Form(string refresh)
    {
        Dictionary<string, string> form = new()
        {
            ["grant_type"] = "refresh_token",
            ["refresh_token"] = refresh,
            ["client_id"] = provider.ClientId!,
        };
        if (!string.IsNullOrEmpty(provider.ClientSecret))
        {
            form["client_secret"] = provider.ClientSecret;
        }

        return form;
    }
}
