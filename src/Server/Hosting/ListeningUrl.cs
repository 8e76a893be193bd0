using System.Net;
using Microsoft.Extensions.Options;

namespace TopicGrpc.Server.Hosting;

/// <summary>
/// The host's setting <c>urls</c> (<c>--urls</c>, <c>ASPNETCORE_URLS</c>). It sets address and port, and its scheme must agree with the
/// certificate options: <c>https</c> never falls back to unencrypted connections.
/// </summary>
/// <param name="Text">The setting; null if it is absent.</param>
internal sealed record ListeningUrl(string? Text) : IPostConfigureOptions<ServerOptions>, IValidateOptions<ServerOptions>
{
    /// <summary>Key of the setting.</summary>
    public const string Key = "urls";

    /// <summary>Removes the setting from the configuration, because Kestrel would warn that the options override it.</summary>
    public static ListeningUrl TakeFrom(ConfigurationManager configuration)
    {
        string? text = configuration[Key];
        if (string.IsNullOrEmpty(text))
        {
            return new ListeningUrl((string?)null);
        }

        configuration[Key] = string.Empty;
        return new ListeningUrl(text);
    }

    /// <inheritdoc/>
    public void PostConfigure(string? name, ServerOptions options)
    {
        if (TryParse(out Uri url, out IPAddress address))
        {
            options.Address = address.ToString();
            options.Port = url.Port;
        }
    }

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, ServerOptions options)
    {
        if (Text is null)
        {
            return ValidateOptionsResult.Success;
        }

        if (!TryParse(out Uri url, out _))
        {
            return ValidateOptionsResult.Fail(
                $"{Key}: '{Text}' is not one URL of an IP address and a port, such as http://127.0.0.1:5400 or https://0.0.0.0:5400");
        }

        bool isEncrypted = url.Scheme == Uri.UriSchemeHttps;
        if (isEncrypted == options.Tls.IsEnabled)
        {
            return ValidateOptionsResult.Success;
        }

        return ValidateOptionsResult.Fail(isEncrypted
            ? $"{Key}: '{Text}' needs a certificate; set Server:Tls:CertificateFile"
            : $"{Key}: '{Text}' is not encrypted, but Server:Tls:CertificateFile is set; write https");
    }

    private bool TryParse(out Uri url, out IPAddress address)
    {
        address = IPAddress.None;
        if (!Uri.TryCreate(Text, UriKind.Absolute, out Uri? parsed)
            || (parsed.Scheme != Uri.UriSchemeHttp && parsed.Scheme != Uri.UriSchemeHttps)
            || parsed.PathAndQuery != "/"
            || parsed.UserInfo.Length > 0)
        {
            url = new Uri("http://127.0.0.1");
            return false;
        }

        url = parsed;
        bool isName = parsed.HostNameType == UriHostNameType.Dns;
        if (isName && parsed.IsLoopback)
        {
            address = IPAddress.Loopback;
            return true;
        }

        return !isName && IPAddress.TryParse(parsed.DnsSafeHost, out address!);
    }
}
