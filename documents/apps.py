from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    """Files and registry numbers."""

    name = "documents"
    label = "documents"
    verbose_name = _("Documents and numbers")

    def ready(self) -> None:
        """Register the rule of visibility of files, their search records, and the reading of their text."""
        from wagtail.permissions import register_permission_policy

        from documents import copies, leaving, policies, visibility
        from documents.actions import RECEIVED, extract_waiting
        from documents.models import Document, Image
        from documents.permissions import ReadersPermissionPolicy
        from documents.search_records import DocumentSource
        from intranet.access import addresses, explanations, glass
        from intranet.access import policies as abilities
        from intranet.access.actions import CHANGED
        from intranet.accounts.life import on_leaving
        from intranet.outbox.registry import subscribe
        from search import records

        visibility.connect()
        addresses.register("wagtaildocs_serve", policies.document_at)
        addresses.register("image_rendition", policies.image_at)
        for model in (Document, Image):
            abilities.register(model, policies.abilities_on_file, policies.files_with_ability)
            explanations.register_parts(model, visibility.parts_of_file)
            glass.register(model, policies.keepers_of_file)
            # By exact class: Wagtail's own apps, ready after ours, register theirs by class.
            register_permission_policy(
                model,
                ReadersPermissionPolicy(model, auth_model=model, owner_field_name="uploaded_by_user"),
                exact_class=True,
            )
        records.register("document", DocumentSource())
        on_leaving("files", leaving.hand_over)
        subscribe(RECEIVED, "documents.text", extract_waiting, batch=1)
        subscribe(CHANGED, "documents.pdf-queue", copies.queue)
        subscribe(copies.WANTED, "documents.pdf", copies.make_waiting, batch=1)
        subscribe(copies.ASKED, "documents.pdf-asked", copies.make_waiting, batch=1)
