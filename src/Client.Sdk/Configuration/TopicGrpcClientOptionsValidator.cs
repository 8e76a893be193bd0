using Microsoft.Extensions.Options;

namespace TopicGrpc.Client.Configuration;

/// <summary>Collects everything that is wrong with the settings of a client, so that one start shows all.</summary>
internal sealed class TopicGrpcClientOptionsValidator : IValidateOptions<TopicGrpcClientOptions>
{
    private const int MaxAddresses = 100;

    public ValidateOptionsResult Validate(string? name, TopicGrpcClientOptions options)
    {
        List<string> errors = [.. Errors(options)];
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    public static IEnumerable<string> Errors(TopicGrpcClientOptions options)
    {
        foreach (string error in AddressErrors(options).Concat(CredentialErrors(options)))
        {
            yield return error;
        }

        foreach ((string field, TimeSpan value) in Durations(options))
        {
            if (value <= TimeSpan.Zero)
            {
                yield return $"{field}: {value} must be above 0.";
            }
        }

        if (options.AttemptTimeout >= options.ReadTimeout)
        {
            yield return $"AttemptTimeout: {options.AttemptTimeout} must be below ReadTimeout ({options.ReadTimeout}).";
        }

        if (options.KeepAlivePingDelay < TimeSpan.FromSeconds(1))
        {
            yield return $"KeepAlivePingDelay: {options.KeepAlivePingDelay} must be at least 1 s.";
        }

        if (options.KeepAlivePingTimeout < TimeSpan.FromSeconds(1))
        {
            yield return $"KeepAlivePingTimeout: {options.KeepAlivePingTimeout} must be at least 1 s.";
        }

        if (options.MaxReceiveMessageBytes <= 0)
        {
            yield return $"MaxReceiveMessageBytes: {options.MaxReceiveMessageBytes} must be above 0.";
        }

        if (options.MaxSendMessageBytes <= 0)
        {
            yield return $"MaxSendMessageBytes: {options.MaxSendMessageBytes} must be above 0.";
        }

        if (options.Retry.MaxRetries is < 0 or > 20)
        {
            yield return $"Retry.MaxRetries: {options.Retry.MaxRetries} must lie between 0 and 20.";
        }

        if (options.Retry.BudgetTokens < 0)
        {
            yield return $"Retry.BudgetTokens: {options.Retry.BudgetTokens} must be 0 or more.";
        }

        if (options.Retry.MaxDelay < options.Retry.BaseDelay)
        {
            yield return $"Retry.MaxDelay: {options.Retry.MaxDelay} must be at least Retry.BaseDelay ({options.Retry.BaseDelay}).";
        }

        if (options.Hedging.MaxShare is not (> 0 and <= 1))
        {
            yield return $"Hedging.MaxShare: {options.Hedging.MaxShare} must be above 0 and at most 1.";
        }
    }

    private static IEnumerable<string> AddressErrors(TopicGrpcClientOptions options)
    {
        if (options.Address is null && options.Addresses.Count == 0)
        {
            yield return "Address: required, for example http://localhost:5400.";
        }
        else if (options.Address is not null && options.Addresses.Count > 0)
        {
            yield return "Address and Addresses: at most one may be set.";
        }
        else if (options.Address is { } one && (!one.IsAbsoluteUri || one.Scheme is not ("http" or "https" or "dns")))
        {
            yield return $"Address: '{one}' must be absolute, with the scheme http, https or dns.";
        }

        if (options.Addresses.Count > MaxAddresses)
        {
            yield return $"Addresses: {options.Addresses.Count} addresses; at most {MaxAddresses} are allowed.";
        }

        for (int i = 0; i < options.Addresses.Count; i++)
        {
            if (options.Addresses[i] is not { IsAbsoluteUri: true, Scheme: "http" or "https", PathAndQuery: "/" } address)
            {
                yield return
                    $"Addresses[{i}]: '{options.Addresses[i]}' must be absolute, with the scheme http or https and without a path.";
            }
            else if (options.Addresses[0] is { IsAbsoluteUri: true } first && address.Scheme != first.Scheme)
            {
                yield return $"Addresses[{i}]: '{address}' must have the scheme of Addresses[0], {first.Scheme}.";
            }
            else if (options.Addresses.IndexOf(address) < i)
            {
                yield return $"Addresses[{i}]: '{address}' occurs more than once.";
            }
        }
    }

    private static IEnumerable<string> CredentialErrors(TopicGrpcClientOptions options)
    {
        bool[] given =
        [
            !string.IsNullOrEmpty(options.ApiKey),
            !string.IsNullOrEmpty(options.ApiKeyFile),
            !string.IsNullOrEmpty(options.TokenFile),
            options.TokenProvider is not null,
        ];
        if (given.Count(static isSet => isSet) > 1)
        {
            yield return "ApiKey, ApiKeyFile, TokenFile and TokenProvider: at most one may be set.";
        }

        foreach ((string field, string? file) in ((string, string?)[])
        [
            ("ApiKeyFile", options.ApiKeyFile),
            ("TokenFile", options.TokenFile),
            ("CaFile", options.CaFile),
            ("ClientCertificateFile", options.ClientCertificateFile),
            ("ClientKeyFile", options.ClientKeyFile),
        ])
        {
            if (!string.IsNullOrEmpty(file) && !File.Exists(file))
            {
                yield return $"{field}: '{file}' does not exist.";
            }
        }

        if (!string.IsNullOrEmpty(options.ClientKeyFile) && string.IsNullOrEmpty(options.ClientCertificateFile))
        {
            yield return "ClientKeyFile: needs ClientCertificateFile.";
        }
    }

    private static IEnumerable<(string Field, TimeSpan Value)> Durations(TopicGrpcClientOptions options)
    {
        yield return ("DnsRefreshInterval", options.DnsRefreshInterval);
        yield return ("ReadTimeout", options.ReadTimeout);
        yield return ("BatchTimeout", options.BatchTimeout);
        yield return ("AdminTimeout", options.AdminTimeout);
        yield return ("TransferTimeout", options.TransferTimeout);
        yield return ("AttemptTimeout", options.AttemptTimeout ?? TimeSpan.MaxValue);
        yield return ("ConnectTimeout", options.ConnectTimeout);
        yield return ("Retry.BaseDelay", options.Retry.BaseDelay);
        yield return ("Retry.ReconnectTimeout", options.Retry.ReconnectTimeout);
        yield return ("Hedging.Delay", options.Hedging.Delay);
    }
}
