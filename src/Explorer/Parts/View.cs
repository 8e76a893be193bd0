using Microsoft.AspNetCore.Components;
using TopicGrpc.Client;
using TopicGrpc.Client.Errors;
using TopicGrpc.Explorer.Sessions;

namespace TopicGrpc.Explorer.Parts;

/// <summary>
/// Base of the pages: loads what a view shows, once for each set of parameters, and keeps the failure if the load fails. A load that is no
/// longer needed is canceled.
/// </summary>
public abstract class View : ComponentBase, IDisposable
{
    private CancellationTokenSource _stop = new();
    private string? _loaded;

    /// <summary>The visitor.</summary>
    [CascadingParameter]
    public Session Session { get; set; } = null!;

    /// <summary>Client with the credential of the visitor.</summary>
    protected TopicGrpcClient Client => Session.Client;

    /// <summary>Why the view could not be loaded; null if it could.</summary>
    protected Failure? Failure { get; private set; }

    /// <summary>Why the last action failed; null if it did not.</summary>
    protected Failure? ActionFailure { get; set; }

    /// <summary>Whether the view is being loaded.</summary>
    protected bool IsLoading { get; private set; } = true;

    /// <summary>Whether an action runs.</summary>
    protected bool IsBusy { get; private set; }

    /// <summary>Canceled when the view is left or loaded again.</summary>
    protected CancellationToken Stopped => _stop.Token;

    /// <summary>What the view depends on; the view is loaded when it changes.</summary>
    protected abstract string Key { get; }

    /// <summary>Reads what the view shows.</summary>
    /// <param name="cancellationToken">Canceled when the view is left or loaded again.</param>
    /// <returns>A task that ends with the load.</returns>
    protected abstract Task LoadAsync(CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync() => Key == _loaded ? Task.CompletedTask : ReloadAsync();

    /// <summary>Loads the view again.</summary>
    /// <returns>A task that ends with the load.</returns>
    protected async Task ReloadAsync()
    {
        _loaded = Key;
        await _stop.CancelAsync();
        _stop.Dispose();
        _stop = new CancellationTokenSource();
        CancellationToken token = _stop.Token;
        Failure = null;
        IsLoading = true;
        try
        {
            await LoadAsync(token);
        }
        catch (TopicGrpcException exception)
        {
            Failure = token.IsCancellationRequested ? null : Failure.Of(exception);
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            // A newer load has taken over.
            return;
        }

        if (!token.IsCancellationRequested)
        {
            IsLoading = false;
        }
    }

    /// <summary>Runs an action of the visitor and keeps its failure.</summary>
    /// <param name="action">The action.</param>
    /// <returns>True if it succeeded.</returns>
    protected async Task<bool> ActAsync(Func<Task> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        if (IsBusy)
        {
            return false;
        }

        ActionFailure = null;
        IsBusy = true;
        try
        {
            await action();
            return true;
        }
        catch (TopicGrpcException exception)
        {
            ActionFailure = Failure.Of(exception);
            return false;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        finally
        {
            IsBusy = false;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Cancels what still runs.</summary>
    /// <param name="disposing">Whether the call comes from <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stop.Cancel();
            _stop.Dispose();
        }
    }
}
